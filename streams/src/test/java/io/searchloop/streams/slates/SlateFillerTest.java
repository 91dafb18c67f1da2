package io.searchloop.streams.slates;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.HeadSlate;
import io.searchloop.streams.heads.HeadQuery;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.testing.Deciders;
import io.searchloop.streams.testing.LoopedSlates;
import io.searchloop.streams.testing.Slots;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlateFillerTest {
  private static final long FILL_NANOS = 4_000_000;
  private static final double SHARE = .25;

  private final Slots slots = Slots.filled();
  private final LoopedSlates log = new LoopedSlates(slots.slates);
  private List<HeadQuery> heads = List.of(head("shoes", "en-GB"), head("hat", ""));
  private boolean ready = true;

  @AfterEach
  void close() {
    slots.close();
  }

  @Test
  void fillsMissedQueriesFirstThenHeadsInTheirOrderAndEachOnce() {
    SlateFiller filler = filler();
    filler.missed(new QueryContext("socks", "de-DE"));
    filler.missed(new QueryContext("socks", "de-DE"));
    filler.missed(new QueryContext("shoes", "en-GB"));
    steps(filler, 9);

    // The store of these tests holds two, so nothing is sampled for the third.
    assertThat(log.records()).extracting(HeadSlate::getQuery).containsExactly("socks", "shoes");
    assertThat(log.records()).extracting(HeadSlate::getLocale).containsExactly("de-DE", "en-GB");
    assertThat(log.records())
        .allSatisfy(
            slate -> {
              assertThat(slate.getPolicyVersion()).isEqualTo(Slots.VERSION);
              assertThat(slate.getCatalogueEpoch()).isEqualTo(Deciders.EPOCH);
              assertThat(slate.getCandidates()).hasSize(Deciders.SLATE_SIZE);
            });
  }

  @Test
  void beginsAgainWithTheHeadsOfANewVersion() {
    SlateFiller filler = filler();
    steps(filler, 4);
    slots.promoteNext();
    assertThat(slots.slates.size()).isZero();
    steps(filler, 4);

    assertThat(log.records())
        .extracting(HeadSlate::getQuery)
        .containsExactly("shoes", "hat", "shoes", "hat");
    assertThat(slots.slates.takeRetired(9)).isEmpty(); // the filler wrote the tombstones
  }

  @Test
  void fillsNothingBeforeTheTopicIsRead() {
    ready = false;
    steps(filler(), 3);

    assertThat(log.records()).isEmpty();
  }

  @Test
  void fillsNothingThatTheTopicHolds() {
    steps(filler(), 3);
    List<HeadSlate> filled = List.copyOf(log.records());
    try (Slots restarted = Slots.filled()) {
      LoopedSlates again = new LoopedSlates(restarted.slates);
      filled.forEach(slate -> restarted.slates.accept(slate, true));
      steps(filler(restarted, again, 2), 3);

      assertThat(again.records()).isEmpty();
    }
  }

  @Test
  void ofTwoWorkersThatFillOneQueryBothServeTheFirst() {
    try (Slots other = Slots.filled()) {
      LoopedSlates both = new LoopedSlates(slots.slates, other.slates);
      SlateMaker one = maker(slots, both, 1);
      LoopedSlates unread = new LoopedSlates();
      maker(other, unread, 2).fill(new QueryContext("shoes", ""));
      one.fill(new QueryContext("shoes", ""));
      HeadSlate loser = unread.records().get(0);
      slots.slates.accept(loser, false);
      other.slates.accept(loser, true);

      HeadSlate winner = both.records().get(0);
      assertThat(winner.getSlateId()).isNotEqualTo(loser.getSlateId());
      assertThat(slots.slates.size()).isEqualTo(1);
      assertThat(other.slates.takeRetired(9))
          .extracting(SlateKey::hash)
          .containsExactly(Slate.hashOf(loser.getSlateId()));
      assertThat(slots.slates.takeRetired(9)).isEmpty();
    }
  }

  @Test
  void restsUntilItsShareOfACoreAllowsTheNext() {
    assertThat(filler().step()).isEqualTo(Duration.ofNanos((long) (FILL_NANOS / SHARE)));
  }

  private static void steps(SlateFiller filler, int count) {
    for (int i = 0; i < count; i++) {
      filler.step();
    }
  }

  private SlateFiller filler() {
    return filler(slots, log, 1);
  }

  private SlateFiller filler(Slots own, LoopedSlates into, long seed) {
    return new SlateFiller(
        maker(own, into, seed),
        () -> ready,
        () -> heads,
        SHARE,
        InstantSource.fixed(Deciders.NOON),
        cpuOfOneFill(),
        own.metrics);
  }

  private static SlateMaker maker(Slots own, LoopedSlates into, long seed) {
    return new SlateMaker(
        own.active,
        () -> Deciders.EPOCH,
        (format, context) -> format.prompt(context),
        new RewriteSampler(new SamplerSettings(Deciders.CANDIDATES, Deciders.TEMPERATURE)),
        Deciders.SLATE_SIZE,
        own.slates,
        into,
        "worker-" + seed,
        InstantSource.fixed(Deciders.NOON),
        new SplittableRandom(seed),
        own.metrics);
  }

  /** A thread whose every fill takes as long. */
  private static LongSupplier cpuOfOneFill() {
    long[] asked = {0};
    return () -> asked[0]++ * FILL_NANOS;
  }

  private static HeadQuery head(String query, String locale) {
    return new HeadQuery(query, locale, 9);
  }
}
