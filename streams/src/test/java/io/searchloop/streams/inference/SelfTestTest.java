package io.searchloop.streams.inference;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.streams.testing.TinyPolicy;
import org.junit.jupiter.api.Test;

class SelfTestTest {
  private static final SamplerSettings SETTINGS = new SamplerSettings(4, 1);

  private final SelfTest selfTest = new SelfTest(SETTINGS);

  @Test
  void passesAPolicyThatCanServe() {
    assertThatCode(() -> check(TinyPolicy.artifact(1))).doesNotThrowAnyException();
  }

  @Test
  void rejectsLogitsThatAreNotFinite() {
    assertRejected(TinyPolicy.withoutFiniteLogits(), "not finite");
  }

  @Test
  void rejectsACacheThatChangesLogProbabilities() {
    assertRejected(TinyPolicy.forgetful(), "with cache and");
  }

  @Test
  void rejectsAPolicyThatSpeaksNoText() {
    assertRejected(TinyPolicy.withoutText(), "none of 16 probe rewrites is text");
  }

  @Test
  void runsTheLargestBatchBeforeAnyRequestDoes() {
    assertThatCode(() -> check(TinyPolicy.ofAtMost(8))).doesNotThrowAnyException();

    assertThatThrownBy(() -> check(TinyPolicy.ofAtMost(8), new SelfTest(SETTINGS, 32)))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("a batch of 32 rows");
  }

  @Test
  void runsABatchOfOneRequest() {
    assertRejected(TinyPolicy.ofAtMost(3), "Policy 5 failed on a token of each row");
  }

  private void assertRejected(PolicyArtifact artifact, String reason) {
    assertThatThrownBy(() -> check(artifact))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("Policy 5 failed its self-test")
        .hasMessageContaining(reason);
  }

  private void check(PolicyArtifact artifact) {
    check(artifact, selfTest);
  }

  private static void check(PolicyArtifact artifact, SelfTest selfTest) {
    try (OnnxPolicy policy = OnnxPolicy.open(5, artifact, 1)) {
      selfTest.check(policy);
    }
  }
}
