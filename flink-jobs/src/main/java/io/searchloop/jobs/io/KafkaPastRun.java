package io.searchloop.jobs.io;

import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.jobs.past.PastEnd;
import io.searchloop.jobs.past.PastLetters;
import io.searchloop.jobs.past.PastProgress;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.jobs.past.PastSearches;
import io.searchloop.jobs.past.PastTuples;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier run of the reward job, or of the engine's, left on the topics. Sinks commit one
 * after another, so the last checkpoints of the ledger may tell of tuples that were never
 * committed: those before are surely complete, and what is beyond them is looked up one by one.
 */
final class KafkaPastRun implements PastRun {
  private static final Logger log = LoggerFactory.getLogger(KafkaPastRun.class);

  /** Newest checkpoints of the ledger that are not relied upon. */
  private static final int UNSURE = 2;

  private final Brokers brokers;
  private final Serdes serdes;
  private final String prefix;
  private final String job;
  private final boolean engine;
  private final WrittenSoFar written;

  /**
   * @param job its name in the ledger
   * @param engine whether it is the job that an engine answers; both refuse records of one topic
   * @param written what the topics held before any task of the new run began
   */
  KafkaPastRun(
      Brokers brokers,
      Serdes serdes,
      String prefix,
      String job,
      boolean engine,
      WrittenSoFar written) {
    this.brokers = brokers;
    this.serdes = serdes;
    this.prefix = prefix;
    this.job = job;
    this.engine = engine;
    this.written = written;
  }

  @Override
  public long lastCheckpoint() {
    NavigableMap<Long, Long> watermarks = watermarks();
    return watermarks.isEmpty() ? 0 : watermarks.lastKey();
  }

  @Override
  public PastLetters letters() {
    Set<PastLetters.Position> late = new HashSet<>();
    Set<PastLetters.Position> others = new HashSet<>();
    read(
        Topics.DEAD_LETTERS,
        letter -> {
          if (engine == ofEngine(letter)) {
            (letter.getReason() == DeadLetterReason.LATE ? late : others).add(position(letter));
          }
        });
    return new PastLetters(late, others);
  }

  @Override
  public PastTuples tuples(long longestShortWindowMs) {
    NavigableMap<Long, Long> watermarks = watermarks();
    long reached = watermarks.isEmpty() ? Long.MIN_VALUE : watermarks.lastEntry().getValue();
    PastTuples.Collector tuples =
        new PastTuples.Collector(complete(watermarks), reached, longestShortWindowMs);
    read(
        Topics.REWARDS,
        tuple -> {
          if (tuple.getOrigin() != TupleOrigin.ENGINE) {
            tuples.add(tuple);
          }
        });
    if (tuples.count() > 0) {
      log.warn(
          "Job {} begins without state. {} tuples of an earlier run, which had reached checkpoint {}"
              + " and watermark {}, are on the topic and will not be written again.",
          job,
          tuples.count(),
          watermarks.isEmpty() ? 0 : watermarks.lastKey(),
          reached);
    }
    return tuples.tuples();
  }

  @Override
  public PastSearches searches() {
    PastSearches.Collector searches = new PastSearches.Collector();
    read(
        Topics.REWARDS,
        tuple -> {
          if (tuple.getOrigin() == TupleOrigin.ENGINE) {
            searches.add(tuple.getQueryId());
          }
        });
    return searches.searches();
  }

  @Override
  public PastEnd end() {
    PastEnd.Collector end = new PastEnd.Collector();
    readLedger(end::add);
    return end.end();
  }

  @Override
  public PastProgress progress() {
    PastProgress.Collector progress = new PastProgress.Collector();
    readLedger(progress::add);
    return progress.progress();
  }

  private static boolean ofEngine(DeadLetter letter) {
    return letter.getFoundBy().equals(EngineRewardJob.NAME)
        || letter.getReason() == DeadLetterReason.ENGINE_UNAVAILABLE;
  }

  private static long complete(NavigableMap<Long, Long> watermarks) {
    return watermarks.values().stream()
        .limit(Math.max(0, watermarks.size() - UNSURE))
        .reduce((earlier, later) -> later)
        .orElse(Long.MIN_VALUE);
  }

  /**
   * Watermark by checkpoint, of the newest as far as they are needed; that of a drained job is the
   * end of time, and no progress.
   */
  private NavigableMap<Long, Long> watermarks() {
    TreeMap<Long, Long> watermarks = new TreeMap<>();
    readLedger(
        ledger -> {
          watermarks.merge(ledger.getCheckpointId(), resumable(ledger), Math::min);
          if (watermarks.size() > UNSURE + 1) {
            watermarks.pollFirstEntry();
          }
        });
    return watermarks;
  }

  private static long resumable(Ledger ledger) {
    return ledger.getWatermark() == Long.MAX_VALUE ? Long.MIN_VALUE : ledger.getWatermark();
  }

  private static PastLetters.Position position(DeadLetter letter) {
    return new PastLetters.Position(letter.getTopic(), letter.getPartition(), letter.getOffset());
  }

  private void readLedger(Consumer<Ledger> reader) {
    read(
        Topics.LEDGER,
        ledger -> {
          if (ledger.getJob().equals(job)) {
            reader.accept(ledger);
          }
        });
  }

  private <V extends SpecificRecord> void read(Topic<V> topic, Consumer<V> reader) {
    written.read(topic.prefixed(prefix), brokers, serdes, reader);
  }
}
