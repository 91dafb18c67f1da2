package io.searchloop.app.launcher;

import io.searchloop.app.report.LoopSnapshot;
import io.searchloop.app.simulation.PopulationCounts;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.streams.WorkerStatus;
import io.searchloop.trainer.TrainerStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at a running loop. One thread. */
public final class LoopWatch implements AutoCloseable {
  private static final Duration RECENT = Duration.ofMinutes(2);

  private final EmbeddedLoop loop;
  private final InstantSource clock;
  private final Instant opened;
  private final TopicLog<Ledger> ledger;
  private final Map<String, Long> accepted = new HashMap<>();
  private final long acceptedBefore;

  /**
   * @param opened when shoppers came in
   */
  public LoopWatch(EmbeddedLoop loop, InstantSource clock, Instant opened) {
    this.loop = loop;
    this.clock = clock;
    this.opened = opened;
    this.ledger = new TopicLog<>(Topics.LEDGER, loop.bootstrapServers(), loop.serdes());
    count(ledger.toEnd());
    this.acceptedBefore = acceptedSoFar();
  }

  /** The loop as it is now. */
  public LoopSnapshot look() {
    WorkerStatus worker = loop.worker();
    TrainerStatus trainer = loop.trainer();
    Optional<PopulationCounts> shoppers = loop.shoppers();
    long searches = shoppers.map(PopulationCounts::searches).orElse(0L);
    long events = shoppers.map(PopulationCounts::sentEvents).orElse(0L);
    count(ledger.next());
    return new LoopSnapshot(
        Duration.between(opened, clock.instant()),
        worker.activeVersion(),
        worker.step(),
        trainer.releases(),
        worker.swaps(),
        searches,
        shoppers.map(PopulationCounts::failedSearches).orElse(0L),
        worker.fallbacks(),
        events,
        Math.max(0, searches + events - (acceptedSoFar() - acceptedBefore)),
        trainer.trained(),
        trainer.learning(),
        loop.arms().since(clock.instant().minus(RECENT)));
  }

  @Override
  public void close() {
    ledger.close();
  }

  private void count(List<Located<Ledger>> records) {
    for (Located<Ledger> located : records) {
      Ledger record = located.value();
      if (record.getJob().equals(RewardJob.NAME)) { // the engine's job reads decisions too
        accepted.put(record.getTopic() + "/" + record.getPartition(), record.getAccepted());
      }
    }
  }

  private long acceptedSoFar() {
    return accepted.values().stream().mapToLong(Long::longValue).sum();
  }
}
