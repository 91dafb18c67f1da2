package io.searchloop.trainer;

import io.searchloop.policy.control.ControlEntry;
import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.LearningMetrics;
import io.searchloop.schemas.Minibatch;
import io.searchloop.trainer.intake.MinibatchSource;
import io.searchloop.trainer.intake.ReceivedMinibatch;
import io.searchloop.trainer.publish.GoldenSet;
import io.searchloop.trainer.publish.LearningCurve;
import io.searchloop.trainer.publish.PolicyHistory;
import io.searchloop.trainer.publish.PolicyLog;
import io.searchloop.trainer.publish.ReleaseEntry;
import io.searchloop.trainer.publish.ReleaseSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * The topics around a trainer, in memory. They outlive trainers, so a test can let one die and
 * start the next. Release offsets have gaps, as transactions leave them in Kafka.
 */
final class InMemoryLoop {
  private static final int OFFSETS_PER_TRANSACTION = 2;

  final List<Minibatch> minibatches = new ArrayList<>();
  final List<ReleaseEntry> releases = new ArrayList<>();

  /** Carried bytes: artifacts, or deltas where the manifest says so. */
  final Map<Long, byte[]> artifacts = new TreeMap<>();

  final List<String> refusals = new ArrayList<>();
  final List<ControlEntry> controls = new ArrayList<>();
  final List<LearningMetrics> points = new ArrayList<>();
  long committed;
  boolean offsetExpired;

  /** Called before each poll with the offset about to be read. */
  LongConsumer beforePoll = offset -> {};

  /** Called when every minibatch was read. */
  Runnable whenEmpty = () -> {};

  TrainerPorts ports() {
    return new TrainerPorts(
        new Source(), new Sink(), new Log(), new Curve(), this::pieces, GoldenSet.NONE);
  }

  ReleaseEntry newest() {
    return releases.get(releases.size() - 1);
  }

  byte[] newestArtifact() {
    return artifacts.get(newest().version());
  }

  private Map<String, Map<Integer, byte[]>> pieces(Collection<ReleaseManifest> wanted) {
    Map<String, Map<Integer, byte[]>> pieces = new HashMap<>();
    for (ReleaseEntry entry : releases) {
      byte[] carried = artifacts.get(entry.version());
      if (wanted.contains(entry.manifest()) && carried != null) {
        Map<Integer, byte[]> byIndex = new HashMap<>();
        ArtifactChunks.split(carried).forEach(piece -> byIndex.put(byIndex.size(), piece));
        pieces.put(entry.manifest().releaseId(), byIndex);
      }
    }
    return pieces;
  }

  void rollBackTo(long version) {
    long head = PolicyHistory.of(releases, controls).head().headOffset();
    controls.add(
        new ControlEntry(
            controls.size(),
            "decision-" + controls.size(),
            ControlEntry.Action.ROLLBACK,
            version,
            head));
  }

  private final class Source implements MinibatchSource {
    private int position;

    @Override
    public OptionalLong committed() {
      return offsetExpired ? OptionalLong.empty() : OptionalLong.of(committed);
    }

    @Override
    public void seek(long offset) {
      position = (int) offset;
    }

    @Override
    public Optional<ReceivedMinibatch> poll(Duration timeout) {
      beforePoll.accept(position);
      if (position >= minibatches.size()) {
        whenEmpty.run();
        return Optional.empty();
      }
      return Optional.of(new ReceivedMinibatch(position, minibatches.get(position++)));
    }

    @Override
    public void wakeup() {}

    @Override
    public void close() {}
  }

  private final class Sink implements ReleaseSink {
    @Override
    public void open() {}

    @Override
    public long release(ReleaseManifest manifest, byte[] carried, OptionalLong nextMinibatch) {
      long version = (long) releases.size() * OFFSETS_PER_TRANSACTION;
      releases.add(new ReleaseEntry(version, true, manifest));
      artifacts.put(version, carried);
      nextMinibatch.ifPresent(offset -> committed = offset);
      return version;
    }

    @Override
    public long refuse(ReleaseManifest manifest, String reason, long nextMinibatch) {
      long version = (long) releases.size() * OFFSETS_PER_TRANSACTION;
      releases.add(new ReleaseEntry(version, false, manifest));
      refusals.add(reason);
      committed = nextMinibatch;
      return version;
    }

    @Override
    public void close() {}
  }

  private final class Log implements PolicyLog {
    @Override
    public PolicyHistory catchUp() {
      return PolicyHistory.of(releases, controls);
    }

    @Override
    public PolicyHistory poll() {
      return catchUp();
    }

    @Override
    public void close() {}
  }

  private final class Curve implements LearningCurve {
    @Override
    public void add(LearningMetrics point) {
      points.add(point);
    }

    @Override
    public void close() {}
  }
}
