package io.searchloop.streams.inference;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.streams.testing.TinyPolicy;
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
        .hasMessageContaining("`past` is FLOAT [2, -1, 1, -1, 8]")
        .hasMessageContaining("[4, -1, 1, -1, 8]");
  }

  @Test
  void namesThePolicyWhenARunFails() {
    RewriteSampler sampler = new RewriteSampler(new SamplerSettings(1, 1));
    try (OnnxPolicy policy = OnnxPolicy.open(42, TinyPolicy.artifact(1), 1)) {
      assertThatThrownBy(() -> sampler.greedy(policy, new int[] {1_000_000}))
          .isInstanceOf(PolicySessionException.class)
          .hasMessageContaining("Policy 42 failed on 1 x 1 tokens after 0");
    }
  }
}
