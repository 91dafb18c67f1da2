package io.searchloop.streams.slates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.schemas.HeadSlate;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.SlateCandidate;
import io.searchloop.streams.activation.PolicyIdentity;
import io.searchloop.streams.inference.Rollout;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.testing.TinyPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlateStoreTest {
  private static final String SAMPLER = "temperature=1.0";
  private static final long EPOCH = 7;
  private static final RewriteFormat FORMAT = new RewriteFormat(TinyPolicy.TOKENIZER, 24, 6);
  private static final PolicyIdentity THREE = new PolicyIdentity(3, "three", 1, -1);
  private static final PolicyIdentity FOUR = new PolicyIdentity(4, "four", 2, -1);
  private static final PolicyIdentity THREE_AGAIN = new PolicyIdentity(3, "three", 1, 17);

  private final ServingMetrics metrics = new ServingMetrics();
  private final SlateStore store = new SlateStore(2, SAMPLER, metrics);

  @Test
  void givesBackTheVeryRolloutsThatWereSampled() {
    store.activated("active", THREE);
    HeadSlate record = slate(THREE, "shoes", "hat", "cap", "cap");
    store.accept(record, true);

    Slate found = find(THREE, "shoes").orElseThrow();

    assertThat(found.slateId()).isEqualTo(record.getSlateId());
    assertThat(found.rollouts()).containsExactly(rollout("hat"), rollout("cap"), rollout("cap"));
    assertThat(found.rollouts()).extracting(Rollout::rewrite).containsExactly("hat", "cap", "cap");
  }

  @Test
  void keepsTheFirstOfTwoSlatesAndRetiresTheOther() {
    store.activated("active", THREE);
    HeadSlate first = slate(THREE, "shoes", "hat");
    HeadSlate second = slate(THREE, "shoes", "cap");
    store.accept(first, false);
    store.accept(second, true);
    store.accept(first, false);

    assertThat(find(THREE, "shoes").orElseThrow().slateId()).isEqualTo(first.getSlateId());
    assertThat(store.takeRetired(9))
        .extracting(SlateKey::hash)
        .containsExactly(Slate.hashOf(second.getSlateId()));
    assertThat(store.takeRetired(9)).isEmpty();
    assertThat(metrics.slates()).containsEntry("stored", 1L).containsEntry("lost_race", 1L);
  }

  @Test
  void forgetsAtOnceWhenAnotherIdentityServesAndRetiresWhatItOwns() {
    store.activated("active", THREE);
    store.accept(slate(THREE, "shoes", "hat"), true);
    store.accept(slate(THREE, "socks", "cap"), false);
    store.activated("active", FOUR);

    assertThat(store.size()).isZero();
    assertThat(find(THREE, "shoes")).isEmpty();
    assertThat(store.takeRetired(9)).hasSize(1);
    store.activated("active", THREE_AGAIN);
    assertThat(find(THREE_AGAIN, "shoes")).isEmpty();
    assertThat(metrics.slates()).containsEntry("forgotten", 2L);
  }

  @Test
  void dropsWhatWasFilledForAVersionThatServesNoMore() {
    store.activated("active", THREE_AGAIN);
    store.accept(slate(THREE, "shoes", "hat"), true);
    store.accept(slate(FOUR, "shoes", "hat"), true);

    assertThat(store.size()).isZero();
    assertThat(store.takeRetired(9)).hasSize(2);
    assertThat(metrics.slates()).containsEntry("late", 2L);
  }

  @Test
  void keepsWhatAWorkerAheadOfThisOneFilled() {
    store.activated("active", THREE);
    store.accept(slate(FOUR, "shoes", "hat"), false);
    assertThat(find(FOUR, "shoes")).isEmpty();

    store.activated("active", FOUR);

    assertThat(find(FOUR, "shoes")).isPresent();
  }

  @Test
  void holdsWhatItReadsBeforeAPolicyServes() {
    store.accept(slate(THREE, "shoes", "hat"), true);

    store.activated("active", THREE);

    assertThat(find(THREE, "shoes")).isPresent();
  }

  @Test
  void forgetsSlatesOverACatalogueThatIsSearchedNoMore() {
    store.activated("active", THREE);
    store.accept(slate(THREE, "shoes", "hat"), true);
    store.searches(EPOCH);
    assertThat(store.size()).isEqualTo(1);

    store.searches(EPOCH + 1);

    assertThat(store.size()).isZero();
  }

  @Test
  void doesNotFindWhatAnotherSamplerDrew() {
    store.activated("active", THREE);
    store.accept(
        HeadSlate.newBuilder(slate(THREE, "shoes", "hat")).setSampler("temperature=.5").build(),
        true);

    assertThat(find(THREE, "shoes")).isEmpty();
  }

  @Test
  void takesNoMoreThanItsCapacity() {
    store.activated("active", THREE);
    store.accept(slate(THREE, "a", "hat"), true);
    store.accept(slate(THREE, "b", "hat"), true);
    store.accept(slate(THREE, "c", "hat"), true);

    assertThat(store.settled(THREE, EPOCH, "c")).isTrue();
    assertThat(find(THREE, "c")).isEmpty();
    assertThat(metrics.slates()).containsEntry("full", 1L);
  }

  @Test
  void forgetsATombstonedSlateAndNoOther() {
    store.activated("active", THREE);
    HeadSlate first = slate(THREE, "shoes", "hat");
    store.accept(first, true);
    store.tombstoned(key(slate(THREE, "shoes", "cap")));
    assertThat(find(THREE, "shoes")).isPresent();

    store.tombstoned(SlateKey.parse(key(first).text()));

    assertThat(find(THREE, "shoes")).isEmpty();
  }

  @Test
  void hearsOfTheActiveSlotAlone() {
    store.activated("active", THREE);
    store.accept(slate(THREE, "shoes", "hat"), true);
    store.activated("reference", FOUR);

    assertThat(find(THREE, "shoes")).isPresent();
  }

  @Test
  void refusesARecordThatIsNoSlate() {
    HeadSlate good = slate(THREE, "shoes", "hat");

    assertThatThrownBy(
            () -> store.accept(HeadSlate.newBuilder(good).setCandidates(List.of()).build(), true))
        .hasMessageContaining("without candidates");
    assertThatThrownBy(
            () -> store.accept(HeadSlate.newBuilder(good).setSlateId("slate/3/x").build(), true))
        .hasMessageContaining("expected slate/version/ and 16 hex digits");
    assertThatThrownBy(() -> SlateKey.parse("3/-1"))
        .hasMessageContaining("has 2 parts, expected version/lineage/epoch/digest/hash");
  }

  @Test
  void namesASlateByVersionGroupAndContent() {
    List<Rollout> rollouts = List.of(rollout("hat"));
    String id = Slate.of(THREE, "shoes", rollouts).slateId();

    assertThat(id).matches("slate/3/[0-9a-f]{16}");
    assertThat(Slate.of(THREE, "shoes", rollouts).slateId()).isEqualTo(id);
    assertThat(Slate.of(THREE, "hats", rollouts).slateId()).isNotEqualTo(id);
    assertThat(Slate.of(THREE, "shoes", List.of(rollout("cap"))).slateId()).isNotEqualTo(id);
    assertThat(Slate.of(FOUR, "shoes", rollouts).slateId()).startsWith("slate/4/");
  }

  private Optional<Slate> find(PolicyIdentity identity, String groupKey) {
    return store.find(identity, EPOCH, groupKey, FORMAT);
  }

  private static SlateKey key(HeadSlate record) {
    return new SlateKey(
        Generation.of(record),
        Digest.of(record.getGroupKey(), record.getSampler()),
        Slate.hashOf(record.getSlateId()));
  }

  private static HeadSlate slate(PolicyIdentity identity, String groupKey, String... rewrites) {
    List<Rollout> rollouts =
        java.util.Arrays.stream(rewrites).map(SlateStoreTest::rollout).toList();
    return HeadSlate.newBuilder()
        .setPolicyVersion(identity.version())
        .setLineage(identity.lineage())
        .setCatalogueEpoch(EPOCH)
        .setGroupKey(groupKey)
        .setSampler(SAMPLER)
        .setSlateId(Slate.of(identity, groupKey, rollouts).slateId())
        .setCandidates(rollouts.stream().map(SlateStoreTest::candidate).toList())
        .build();
  }

  private static SlateCandidate candidate(Rollout rollout) {
    return SlateCandidate.newBuilder()
        .setTokenIds(Packed.ints(rollout.tokens()))
        .setLogProbs(Packed.floats(rollout.logProbs()))
        .build();
  }

  private static Rollout rollout(String rewrite) {
    int[] tokens = FORMAT.answer(rewrite).orElseThrow();
    float[] logProbs = new float[tokens.length];
    for (int i = 0; i < logProbs.length; i++) {
      logProbs[i] = -.1f * (i + 1);
    }
    return new Rollout(tokens, logProbs, rewrite, true);
  }
}
