package io.searchloop.streams.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.streams.testing.TinyPolicy;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OnnxPolicyTest {
  @Test
  void refusesAGraphThatIsNone() {
    PolicyArtifact good = TinyPolicy.artifact(1);
    PolicyArtifact bad = new PolicyArtifact(good.spec(), good.tokenizer(), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> OnnxPolicy.open(42, bad, 1))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("Policy 42 rejected")
        .hasMessageContaining("3 bytes");
  }

  @Test
  void refusesAGraphThatIsNotWhatItsDimensionsSay() {
    assertThatThrownBy(() -> OnnxPolicy.open(42, TinyPolicy.misdeclared(), 1))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("`past.2` is absent")
        .hasMessageContaining("[-1, 1, -1, 8]");
  }

  @Test
  void namesThePolicyWhenARunFails() {
    RewriteSampler sampler = new RewriteSampler(new SamplerSettings(1, 1));
    try (OnnxPolicy policy = OnnxPolicy.open(42, TinyPolicy.artifact(1), 1)) {
      assertThatThrownBy(() -> sampler.greedy(policy, new int[] {1_000_000}))
          .isInstanceOf(PolicySessionException.class)
          .hasMessageContaining("Policy 42 failed on prompts of 1 x 1 tokens");
    }
  }

  @Test
  void graphsOfReleasesBeforeGiveTheSameAnswers() {
    RewriteSampler sampler = new RewriteSampler(new SamplerSettings(3, .9));
    try (OnnxPolicy ragged = OnnxPolicy.open(1, TinyPolicy.artifact(5), 1);
        OnnxPolicy even = OnnxPolicy.open(2, TinyPolicy.even(5), 1)) {
      assertThat(ragged.form()).isEqualTo(GraphForm.RAGGED);
      assertThat(even.form()).isEqualTo(GraphForm.EVEN);
      new SelfTest(new SamplerSettings(3, .9)).check(even);
      for (int seed = 0; seed < 20; seed++) {
        int[] prompt = even.format().prompt(QueryContext.of("red shoes".substring(seed % 7)));
        List<Rollout> expected = sample(sampler, even, prompt, seed);
        List<Rollout> found = sample(sampler, ragged, prompt, seed);
        for (int i = 0; i < expected.size(); i++) {
          assertThat(found.get(i).tokens()).containsExactly(expected.get(i).tokens());
          assertThat(found.get(i).logProbs())
              .containsExactly(expected.get(i).logProbs(), within(1e-4f));
        }
      }
    }
  }

  private static List<Rollout> sample(
      RewriteSampler sampler, OnnxPolicy policy, int[] prompt, int seed) {
    return sampler.sample(policy, prompt, new SplittableRandom(seed), Deadline.NONE).orElseThrow();
  }
}
