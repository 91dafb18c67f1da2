package io.searchloop.policy.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a release comes from: enough to trace any served rewrite back to the minibatches behind it.
 *
 * @param origin {@code warm-start}, {@code training}, {@code engine-feedback}, {@code import} or
 *     {@code moved}
 * @param fromMinibatch first minibatch offset read for this release; those before it belong to
 *     earlier releases or refusals
 * @param toMinibatch first minibatch offset not yet read; equal to {@code fromMinibatch} when none
 * @param trainedMinibatches how many of them changed the weights
 * @param refusedMinibatches how many were refused, by reason
 * @param config settings of the trainer
 * @param gate figures the release gate measured
 * @param codeVersion version of the code that trained it
 * @param createdAtMs epoch milliseconds
 * @param movedFrom the release as another cluster signed it, whose offsets are that cluster's;
 *     null, and not written, when it was made here
 */
public record PolicyProvenance(
    String origin,
    long fromMinibatch,
    long toMinibatch,
    long trainedMinibatches,
    Map<String, Long> refusedMinibatches,
    Map<String, String> config,
    Map<String, Double> gate,
    String codeVersion,
    long createdAtMs,
    @JsonProperty @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MovedRelease movedFrom) {
  /** The origin of a release that was made in another cluster. */
  public static final String MOVED = "moved";

  public PolicyProvenance {
    if (fromMinibatch > toMinibatch) {
      throw new IllegalArgumentException(
          "Minibatches from " + fromMinibatch + " to " + toMinibatch + " run backwards");
    }
    Present.require("origin", origin);
    Present.require("codeVersion", codeVersion);
    refusedMinibatches = Present.copy("refusedMinibatches", refusedMinibatches);
    config = Present.copy("config", config);
    gate = Present.copy("gate", gate);
  }

  /** The provenance of a release that was made here. */
  public PolicyProvenance(
      String origin,
      long fromMinibatch,
      long toMinibatch,
      long trainedMinibatches,
      Map<String, Long> refusedMinibatches,
      Map<String, String> config,
      Map<String, Double> gate,
      String codeVersion,
      long createdAtMs) {
    this(
        origin,
        fromMinibatch,
        toMinibatch,
        trainedMinibatches,
        refusedMinibatches,
        config,
        gate,
        codeVersion,
        createdAtMs,
        null);
  }

  /** The release as another cluster signed it; empty when it was made here. */
  public Optional<MovedRelease> origins() {
    return Optional.ofNullable(movedFrom);
  }

  /**
   * The same in a log that had no part in it: settings, figures and times stay, minibatches are
   * those of the other cluster and count as none here.
   *
   * @param from the release as it was there
   * @param nextMinibatch first minibatch offset that this log has not accounted for
   */
  public PolicyProvenance moved(MovedRelease from, long nextMinibatch) {
    return new PolicyProvenance(
        MOVED,
        nextMinibatch,
        nextMinibatch,
        0,
        Map.of(),
        config,
        gate,
        codeVersion,
        createdAtMs,
        from);
  }
}
