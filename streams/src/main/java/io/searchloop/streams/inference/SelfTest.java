package io.searchloop.streams.inference;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseFault;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proves on a few probe queries that a policy can serve, before a shopper meets it: logits are
 * finite, log-probabilities of cached decoding agree with a full pass, and some rewrite is text. It
 * runs the same code as a request, in batches of one rollout, of one request and of as many as are
 * decoded together, so the first shoppers find every shape of the session warm.
 */
public final class SelfTest {
  /** Largest difference of log-probabilities between cached decoding and a full pass. */
  static final double TOLERANCE = 1e-3;

  private static final List<String> PROBES =
      List.of("red running shoes", "usb c cable 2m", "gluten free flour", "x");
  private static final long SEED = 20_260_101;

  private final RewriteSampler sampler;
  private final List<Integer> batches;

  /** A test where requests do not share batches. */
  public SelfTest(SamplerSettings settings) {
    this(settings, settings.candidates());
  }

  /**
   * @param largestBatch most rollouts that will be decoded together
   */
  public SelfTest(SamplerSettings settings, int largestBatch) {
    this.sampler = new RewriteSampler(settings);
    this.batches = Stream.of(1, settings.candidates(), largestBatch).distinct().toList();
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
    batches.forEach(rows -> warm(policy, rows));
  }

  /** One pass over a prompt and the steps of its answers. */
  private void warm(OnnxPolicy policy, int rows) {
    int[] prompt = policy.format().prompt(QueryContext.of(PROBES.get(0)));
    SplittableRandom random = new SplittableRandom(SEED);
    try {
      List<Rollout> warmed =
          sampler.sample(policy, prompt, rows, random, Deadline.NONE).orElseThrow();
      if (warmed.size() != rows) {
        throw rejected(
            policy, "a batch of %d rows has %d answers".formatted(rows, warmed.size()), null);
      }
    } catch (PolicySessionException | ArithmeticException e) {
      throw rejected(policy, "a batch of %d rows: %s".formatted(rows, e.getMessage()), e);
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
