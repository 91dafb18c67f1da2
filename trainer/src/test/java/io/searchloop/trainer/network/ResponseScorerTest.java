package io.searchloop.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResponseScorerTest {
  private static final NetworkConfig CONFIG = TinyNetworks.GROUPED;
  private static final List<int[]> PROMPTS = List.of(new int[] {1, 9, 2}, new int[] {1, 2});
  private static final List<int[]> RESPONSES = List.of(new int[] {5, 3}, new int[] {7, 8, 6, 3});

  private PointerScope scope;
  private PolicyNetwork network;
  private TokenMask mask;

  @BeforeEach
  void open() {
    LibTorch.initialise(1);
    network = PolicyNetwork.initialise(CONFIG, 7);
    mask = TokenMask.of(4, 32, (position, token) -> token > 3 || (token == 3 && position > 0));
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
    mask.close();
    network.close();
  }

  @Test
  void batchNamesTheRowThatPredictsEachResponseToken() {
    SequenceBatch batch = SequenceBatch.of(PROMPTS, RESPONSES);

    // The longest text first; a response's last token predicts nothing and is not fed.
    assertThat(Tensors.toDoubles(batch.rows().tokens())).containsExactly(1, 2, 7, 8, 6, 1, 9, 2, 5);
    assertThat(batch.rows().tokens().shape()).containsExactly(1, 9);
    assertThat(Tensors.toDoubles(batch.predictors())).containsExactly(7, 8, 1, 2, 3, 4);
    assertThat(Tensors.toDoubles(batch.responsePositions())).containsExactly(0, 1, 0, 1, 2, 3);
    assertThat(Tensors.toDoubles(batch.floatMask())).containsExactly(1, 1, 0, 0, 1, 1, 1, 1);
  }

  @Test
  void emptyResponseIsRefusedByRow() {
    assertThatThrownBy(() -> SequenceBatch.of(PROMPTS, List.of(new int[] {5}, new int[0])))
        .hasMessageContaining("row 1: found 2 prompt and 0 response tokens");
  }

  @Test
  void normalisesOverAllowedTokensAtTheTemperature() {
    try (TokenMask twoOfThree = TokenMask.of(new boolean[][] {{true, true, false}})) {
      SequenceBatch batch = SequenceBatch.of(List.of(new int[] {0}), List.of(new int[] {1}));
      Tensor logits = Tensors.ofFloats(new float[] {.5f, 1, 4.5f}, 1, 3);

      ResponseScores scores = new ResponseScorer(.5, twoOfThree).scatter(logits, batch);

      // Logits / .5 are (1, 2, 9); the third is forbidden.
      assertThat(scores.logProbs().item_double()).isCloseTo(-.313262, within(1e-6));
      assertThat(scores.entropy().item_double()).isCloseTo(.582203, within(1e-6));
    }
  }

  @Test
  void scoresAreTheNetworksOwnLogProbabilities() {
    try (TokenMask everything = TokenMask.everything(4, 32)) {
      SequenceBatch batch = SequenceBatch.of(PROMPTS, RESPONSES);
      double[] scored =
          Tensors.toDoubles(new ResponseScorer(1, everything).score(network, batch).logProbs());

      Tensor row = network.logits(Tensors.ofLongs(new long[] {1, 9, 2, 5, 3}, 1, 5)).select(0, 0);
      double expected = row.select(0, 3).log_softmax(0).select(0, 3).item_double();

      assertThat(scored[1]).isCloseTo(expected, within(1e-5));
      assertThat(scored[2]).isZero(); // Padding.
    }
  }

  @Test
  void companyInTheRowChangesNothing() {
    ResponseScorer scorer = new ResponseScorer(.9, mask);
    double[] together =
        Tensors.toDoubles(
            scorer.score(network, SequenceBatch.of(PROMPTS, RESPONSES)).sequenceLogProbs());
    double[] alone =
        Tensors.toDoubles(
            scorer
                .score(network, SequenceBatch.of(PROMPTS.subList(0, 1), RESPONSES.subList(0, 1)))
                .sequenceLogProbs());

    assertThat(together[0]).isCloseTo(alone[0], within(1e-5));
  }

  @Test
  void frozenScoresCarryNoGradient() {
    SequenceBatch batch = SequenceBatch.of(PROMPTS, RESPONSES);
    ResponseScorer scorer = new ResponseScorer(.9, mask);

    assertThat(scorer.scoreFrozen(network, batch).logProbs().requires_grad()).isFalse();
    assertThat(scorer.score(network, batch).logProbs().requires_grad()).isTrue();
  }

  @Test
  void gradientIsFiniteThroughForbiddenTokens() {
    ResponseScores scores =
        new ResponseScorer(.9, mask).score(network, SequenceBatch.of(PROMPTS, RESPONSES));

    scores.logProbs().sum().backward();

    Tensor embedding = PolicyNetwork.parameter(network.parameters(), NetworkConfig.EMBEDDING);
    assertThat(embedding.grad().norm().item_double()).isFinite().isPositive();
  }

  @Test
  void tokenTheFormatForbidsIsRefusedByPlace() {
    SequenceBatch batch = SequenceBatch.of(PROMPTS, List.of(new int[] {5, 3}, new int[] {7, 2}));

    assertThatThrownBy(() -> new ResponseScorer(1, mask).score(network, batch))
        .hasMessageContaining("response 1, position 1: token 2");
  }

  @Test
  void responseLongerThanTheFormatIsRefused() {
    SequenceBatch batch =
        SequenceBatch.of(PROMPTS, List.of(new int[] {5, 3}, new int[] {7, 8, 9, 10, 3}));

    assertThatThrownBy(() -> new ResponseScorer(1, mask).score(network, batch))
        .hasMessageContaining("found 5 tokens, expected at most 4");
  }

  @Test
  void maskThatAllowsNothingIsRefused() {
    assertThatThrownBy(() -> TokenMask.of(new boolean[][] {{true, false}, {false, false}}))
        .hasMessageContaining("position 1")
        .hasMessageContaining("none allowed");
  }
}
