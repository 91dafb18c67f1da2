package io.searchloop.streams.slates;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.streams.activation.PolicyIdentity;
import io.searchloop.streams.inference.Rollout;
import io.searchloop.streams.metrics.ServingMetrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlateStoreTest {
  private static final PolicyIdentity THREE = new PolicyIdentity(3, "three", 1, -1);
  private static final PolicyIdentity FOUR = new PolicyIdentity(4, "four", 2, -1);
  private static final PolicyIdentity THREE_AGAIN = new PolicyIdentity(3, "three", 1, 17);
  private static final List<Rollout> ROLLOUTS = List.of(rollout(5), rollout(6));

  private final ServingMetrics metrics = new ServingMetrics();
  private final SlateStore store = new SlateStore(2, metrics);

  @Test
  void keepsTheFirstOfTwoSlatesForOneGroup() {
    store.activated("active", THREE);
    Slate first = store.keep(THREE, "shoes", ROLLOUTS);
    Slate second = store.keep(THREE, "shoes", List.of(rollout(7)));

    assertThat(second).isEqualTo(first);
    assertThat(store.find(THREE, "shoes")).contains(first);
    assertThat(metrics.slates()).containsEntry("stored", 1L);
  }

  @Test
  void namesASlateByVersionGroupAndContent() {
    String id = Slate.of(THREE, "shoes", ROLLOUTS).slateId();

    assertThat(id).matches("slate/3/[0-9a-f]{16}");
    assertThat(Slate.of(THREE, "shoes", ROLLOUTS).slateId()).isEqualTo(id);
    assertThat(Slate.of(THREE, "hats", ROLLOUTS).slateId()).isNotEqualTo(id);
    assertThat(Slate.of(THREE, "shoes", List.of(rollout(5), rollout(7))).slateId())
        .isNotEqualTo(id);
    assertThat(Slate.of(FOUR, "shoes", ROLLOUTS).slateId()).startsWith("slate/4/");
  }

  @Test
  void forgetsEverySlateWhenAnotherIdentityServes() {
    store.activated("active", THREE);
    store.keep(THREE, "shoes", ROLLOUTS);
    store.activated("active", FOUR);

    assertThat(store.size()).isZero();
    assertThat(store.find(FOUR, "shoes")).isEmpty();
    store.activated("active", THREE_AGAIN);
    assertThat(store.find(THREE_AGAIN, "shoes")).isEmpty();
    assertThat(metrics.slates()).containsEntry("forgotten", 1L);
  }

  @Test
  void keepsNothingOfARequestThatBeganBeforeTheSwap() {
    store.activated("active", THREE);
    store.activated("active", FOUR);

    Slate slate = store.keep(THREE, "shoes", ROLLOUTS);

    assertThat(slate.rollouts()).isEqualTo(ROLLOUTS);
    assertThat(store.size()).isZero();
    store.activated("active", THREE);
    assertThat(store.find(THREE, "shoes")).isEmpty();
  }

  @Test
  void hearsOfTheActiveSlotAlone() {
    store.activated("active", THREE);
    store.keep(THREE, "shoes", ROLLOUTS);
    store.activated("reference", FOUR);

    assertThat(store.find(THREE, "shoes")).isPresent();
  }

  @Test
  void evictsTheSlateThatWasDrawnFromLeastRecently() {
    store.activated("active", THREE);
    store.keep(THREE, "shoes", ROLLOUTS);
    store.keep(THREE, "hats", ROLLOUTS);
    assertThat(store.find(THREE, "shoes")).isPresent();
    store.keep(THREE, "socks", ROLLOUTS);

    assertThat(store.find(THREE, "hats")).isEmpty();
    assertThat(store.find(THREE, "shoes")).isPresent();
    assertThat(store.find(THREE, "socks")).isPresent();
    assertThat(metrics.slates()).containsAllEntriesOf(Map.of("stored", 3L, "evicted", 1L));
  }

  @Test
  void keepsNothingWithoutCapacity() {
    SlateStore none = new SlateStore(0, metrics);
    none.activated("active", THREE);
    none.keep(THREE, "shoes", ROLLOUTS);

    assertThat(none.enabled()).isFalse();
    assertThat(none.size()).isZero();
  }

  private static Rollout rollout(int token) {
    return new Rollout(new int[] {token, 1}, new float[] {-.5f, -.1f}, "text", true);
  }
}
