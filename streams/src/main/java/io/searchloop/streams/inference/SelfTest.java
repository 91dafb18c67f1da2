package io.searchloop.streams.inference;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseFault;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Proves on a few probe queries that a policy can serve, before a shopper meets it: logits are
 * finite, log-probabilities of cached decoding agree with a full pass, and some rewrite is text. It
 * runs the same code with the same batch as a request, so it also warms the session.
 */
public final class SelfTest {
  /** Largest difference of log-probabilities between cached decoding and a full pass. */
  static final double TOLERANCE = 1e-3;

  private static final List<String> PROBES =
      List.of("red running shoes", "usb c cable 2m", "gluten free flour", "x");
  private static final long SEED = 20_260_101;

  private final RewriteSampler sampler;

  public SelfTest(SamplerSettings settings) {
    this.sampler = new RewriteSampler(settings);
  }

  /**
   * Tests a policy.
   *
   * @throws InvalidReleaseException saying what failed
   */
  public void check(OnnxPolicy policy) {
    SplittableRandom random = new SplittableRandom(SEED);
    int valid = 0;
    int drawn = 0;
    try {
      for (String probe : PROBES) {
        int[] prompt = policy.format().prompt(QueryContext.of(probe));
        for (Rollout rollout :
            sampler.sample(policy, prompt, random, Deadline.NONE).orElseThrow()) {
          agree(policy, prompt, rollout);
          valid += rollout.valid() ? 1 : 0;
          drawn++;
        }
      }
    } catch (PolicySessionException | ArithmeticException e) {
      throw rejected(policy, e.getMessage() + ", expected finite logits for every probe", e);
    }
    if (valid == 0) {
      throw rejected(policy, "none of " + drawn + " probe rewrites is text, expected some", null);
    }
  }

  private void agree(OnnxPolicy policy, int[] prompt, Rollout rollout) {
    float[] cached = rollout.logProbs();
    float[] full = sampler.score(policy, prompt, rollout.tokens());
    for (int i = 0; i < full.length; i++) {
      if (Math.abs(full[i] - cached[i]) > TOLERANCE) {
        throw rejected(
            policy,
            "log-probability at position %d is %s with cache and %s without, expected within %s"
                .formatted(i, cached[i], full[i], TOLERANCE),
            null);
      }
    }
  }

  private static InvalidReleaseException rejected(
      OnnxPolicy policy, String found, @Nullable Throwable cause) {
    return new InvalidReleaseException(
        ReleaseFault.SELF_TEST,
        "Policy %d failed its self-test: %s. Activate an earlier version and check the export."
            .formatted(policy.version(), found),
        cause);
  }
}
