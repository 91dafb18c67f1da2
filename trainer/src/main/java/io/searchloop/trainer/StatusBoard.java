package io.searchloop.trainer;

import io.searchloop.trainer.publish.GateVerdict;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what the trainer thread does; any thread reads the last {@link #snapshot}. */
final class StatusBoard {
  private final Map<String, Long> refused = new TreeMap<>();
  private final Map<String, Long> dropped = new TreeMap<>();
  private TrainerStatus.Phase phase = TrainerStatus.Phase.STARTING;
  private TrainingLine line = new TrainingLine(-1, -1, 0, "");
  private Map<String, Double> learning = Map.of();
  private Map<String, Double> gate = Map.of();
  private String problem = "";
  private long step;
  private long next;
  private long trained;
  private long releases;
  private long refusals;
  private long rebuilds;
  private volatile TrainerStatus snapshot = TrainerStatus.INITIAL;

  TrainerStatus snapshot() {
    return snapshot;
  }

  void phase(TrainerStatus.Phase now) {
    if (phase != now) {
      phase = now;
      publish();
    }
  }

  void position(TrainingLine at, long atStep, long nextMinibatch) {
    line = at;
    step = atStep;
    next = nextMinibatch;
    publish();
  }

  void lesson(Lesson lesson) {
    if (lesson.trained()) {
      trained++;
      learning = lesson.figures();
    } else {
      refused.merge(lesson.reason(), 1L, Long::sum);
    }
    lesson.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
  }

  void rebuilds(long count) {
    rebuilds = count;
  }

  /** Trained minibatches that count as refused after all. */
  void withdrawn(String reason, long minibatches) {
    if (minibatches > 0) {
      trained -= minibatches;
      refused.merge(reason, minibatches, Long::sum);
    }
  }

  void verdict(GateVerdict verdict) {
    gate = verdict.figures();
    if (verdict instanceof GateVerdict.Refused refusal) {
      refusals++;
      problem = refusal.reason();
    } else {
      releases++;
      problem = "";
    }
  }

  void failed(Throwable failure) {
    problem = String.valueOf(failure.getMessage());
    phase(TrainerStatus.Phase.FAILED);
  }

  private void publish() {
    snapshot =
        new TrainerStatus(
            phase,
            step,
            line.lineage(),
            line.parentVersion(),
            next,
            trained,
            refused,
            dropped,
            releases,
            refusals,
            rebuilds,
            learning,
            gate,
            problem);
  }
}
