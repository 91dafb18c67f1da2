package io.searchloop.policy.sampling;

/**
 * How candidates are drawn. Candidates that may be trained on use neither top-k nor top-p, so that
 * the logged log-probability is the policy's own.
 *
 * @param candidates rollouts per query, N
 * @param temperature softmax temperature, above zero
 */
public record SamplerSettings(int candidates, double temperature) {
  public SamplerSettings {
    if (candidates < 1 || !(temperature > 0)) {
      throw new IllegalArgumentException(
          "Sampler with "
              + candidates
              + " candidates at temperature "
              + temperature
              + ", expected at least one and a temperature above zero.");
    }
  }
}
