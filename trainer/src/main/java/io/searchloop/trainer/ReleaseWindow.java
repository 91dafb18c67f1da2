package io.searchloop.trainer;

import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.trainer.intake.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The minibatches since the last release or refusal: what the next one accounts for. Each of them
 * is either trained or refused, so the two counts add up to those read.
 */
final class ReleaseWindow {
  private static final String TRAINING = "training";

  private final Map<String, Long> refused = new TreeMap<>();
  private long from;
  private long next;
  private long trained;
  private @Nullable Instant trainedSince;
  private String origin = TRAINING;

  /** A window that begins at an offset. */
  ReleaseWindow(long from) {
    open(from);
  }

  /** Notes what became of the minibatch at an offset. */
  void add(long offset, Lesson lesson, Instant now) {
    next = offset + 1;
    if (lesson.trained()) {
      trained++;
      trainedSince = trainedSince == null ? now : trainedSince;
    } else {
      refused.merge(lesson.reason(), 1L, Long::sum);
    }
  }

  /** Counts everything trained as refused: the weights went back. */
  long withdraw(RefusalReason reason) {
    long withdrawn = trained;
    if (withdrawn > 0) {
      refused.merge(reason.key(), withdrawn, Long::sum);
    }
    trained = 0;
    trainedSince = null;
    return withdrawn;
  }

  /** Whether enough is trained, or has waited long enough. */
  boolean due(TrainerConfig config, Instant now) {
    return trained >= config.releaseEvery()
        || (trainedSince != null
            && Duration.between(trainedSince, now).compareTo(config.releaseInterval()) >= 0);
  }

  /** What is released next does not come from minibatches. */
  void imported() {
    origin = "import";
  }

  /** Begins anew after a release or refusal of everything up to {@link #next}. */
  void close() {
    open(next);
  }

  /** First minibatch offset not read. */
  long next() {
    return next;
  }

  /** Minibatches that changed the weights. */
  long trained() {
    return trained;
  }

  /** Provenance of what the window holds. */
  PolicyProvenance provenance(
      Map<String, String> config, Map<String, Double> gate, String codeVersion, Instant now) {
    return new PolicyProvenance(
        origin, from, next, trained, refused, config, gate, codeVersion, now.toEpochMilli());
  }

  private void open(long offset) {
    from = offset;
    origin = TRAINING;
    next = offset;
    trained = 0;
    trainedSince = null;
    refused.clear();
  }
}
