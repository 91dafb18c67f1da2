package io.searchloop.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogitsSummaryTest {
  private static final SequenceLogits ENGINE =
      new SequenceLogits() {
        @Override
        public int vocabularySize() {
          return 2;
        }

        @Override
        public float[] of(int[] tokens) {
          return new float[] {1, 3, 0, -2};
        }

        @Override
        public void close() {
          // Owns nothing.
        }
      };

  @Test
  void hasLastLogitsLogProbabilitiesAndTheSumOfMagnitudes() {
    LogitsSummary summary = LogitsSummary.of(ENGINE, List.of(new int[] {0, 1}));

    assertThat(summary.logitsLast()).isDeepEqualTo(new double[][] {{0, -2}});
    assertThat(summary.tokenLogProbs()[0]).containsExactly(new double[] {-.126928}, within(1e-6));
    assertThat(summary.logitsSumAbs()).isEqualTo(6);
  }

  @Test
  void tokensOutsideTheVocabularyAreNamed() {
    assertThatThrownBy(() -> LogitsSummary.of(ENGINE, List.of(new int[] {0, 2})))
        .hasMessageContaining("sequence 0, position 1: found token 2, expected 0 to 1");
    assertThatThrownBy(() -> LogitsSummary.of(ENGINE, List.of(new int[0])))
        .hasMessageContaining("sequence 0: found no token");
  }
}
