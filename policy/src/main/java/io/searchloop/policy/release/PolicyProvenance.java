package io.searchloop.policy.release;

import java.util.Map;

/**
 * Where a release comes from: enough to trace any served rewrite back to the minibatches behind it.
 *
 * @param origin {@code warm-start}, {@code training}, {@code engine-feedback} or {@code import}
 * @param fromMinibatch first minibatch offset read for this release; those before it belong to
 *     earlier releases or refusals
 * @param toMinibatch first minibatch offset not yet read; equal to {@code fromMinibatch} when none
 * @param trainedMinibatches how many of them changed the weights
 * @param refusedMinibatches how many were refused, by reason
 * @param config settings of the trainer
 * @param gate figures the release gate measured
 * @param codeVersion version of the code that trained it
 * @param createdAtMs epoch milliseconds
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
    long createdAtMs) {
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
}
