package io.searchloop.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowPackerTest {
  private static final NetworkConfig CONFIG = TinyNetworks.GROUPED;
  private static final int VOCABULARY = CONFIG.vocabularySize();

  private PointerScope scope;
  private PolicyNetwork network;

  @BeforeEach
  void open() {
    LibTorch.initialise(1);
    network = PolicyNetwork.initialise(CONFIG, 7);
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
    network.close();
  }

  @Test
  void promptOfSeveralResponsesIsFedOnce() {
    int[] prompt = {5, 6};
    List<int[]> prompts = List.of(prompt, prompt.clone());
    RowPacker packer = new RowPacker(prompts, List.of(new int[] {7, 3}, new int[] {8, 9, 3}));

    TokenRows rows = packer.rows();
    TokenRows.Layout layout = rows.layout().orElseThrow();

    assertThat(packer.tokens()).isEqualTo(5);
    assertThat(Tensors.toDoubles(rows.tokens())).containsExactly(5, 6, 7, 8, 9);
    assertThat(Tensors.toDoubles(layout.positions())).containsExactly(0, 1, 2, 2, 3);
    assertThat(Tensors.toDoubles(layout.visible()))
        .containsExactly(
            1, 0, 0, 0, 0, //
            1, 1, 0, 0, 0, //
            1, 1, 1, 0, 0, // The first response sees the prompt and itself,
            1, 1, 0, 1, 0, // the second does not see the first.
            1, 1, 0, 1, 1);
  }

  @Test
  void treesShareRowsWithoutSeeingEachOther() {
    RowPacker packer =
        new RowPacker(
            List.of(new int[40], new int[30], new int[20]),
            List.of(new int[] {3}, new int[] {3}, new int[] {3}));

    assertThat(packer.rows().tokens().shape()).containsExactly(1, 90);
    assertThat(packer.predictor(1, 0)).isEqualTo(69);
    assertThat(packer.predictor(2, 0)).isEqualTo(89);
  }

  @Test
  void rowsAreAsLongAsCostsLeast() {
    List<int[]> prompts = new ArrayList<>();
    List<int[]> responses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      prompts.add(tokensFrom(i, 40));
      responses.add(new int[] {3});
    }

    // Nothing pads less than one tree a row, and no row is shorter.
    assertThat(Packing.of(prompts, responses)).isEqualTo(new Packing(328, 8, 320, 320));
    prompts.set(0, tokensFrom(0, 70));
    // Rows of 70 would pad 210 tokens; three short ones in a row of 120 leave 10.
    assertThat(Packing.of(prompts, responses)).isEqualTo(new Packing(358, 8, 350, 360));
  }

  @Test
  void logProbsAndGradientsAreThoseOfSeparateTexts() {
    Texts texts = Texts.random(new SplittableRandom(3));

    Tensor packed = scoresOf(network, SequenceBatch.of(texts.prompts, texts.responses));
    packed.backward();
    Map<String, double[]> packedGradients = takeGradients();
    Tensor separate = scoresOneByOne(texts);
    separate.backward();
    Map<String, double[]> expected = takeGradients();

    assertThat(packed.item_double()).isCloseTo(separate.item_double(), within(.01));
    expected.forEach(
        (name, gradient) ->
            assertThat(distance(packedGradients.get(name), gradient))
                .as(name)
                .isLessThan(1e-5 * distance(new double[gradient.length], gradient)));
  }

  @Test
  void promptWithResponseBeyondMaxPositionsIsRefused() {
    SequenceBatch batch = SequenceBatch.of(List.of(new int[30]), List.of(new int[] {1, 2, 3}));

    assertThatThrownBy(() -> network.responseLogits(batch))
        .hasMessageContaining("33 tokens, expected at most 32");
  }

  /**
   * Some 12,000 nats: of all response log-probabilities, each weighted by its place so that a
   * mix-up shows.
   */
  private static Tensor scoresOf(PolicyNetwork network, SequenceBatch batch) {
    try (TokenMask everything = TokenMask.everything(12, VOCABULARY)) {
      Tensor logProbs = new ResponseScorer(1, everything).score(network, batch).logProbs();
      long rows = logProbs.size(0);
      Tensor weights = Tensors.ofLongs(upTo(rows), rows, 1);
      return logProbs.mul(weights).sum();
    }
  }

  /** The same from plain causal logits of one text after the other. */
  private Tensor scoresOneByOne(Texts texts) {
    TensorVector sums = new TensorVector();
    for (int i = 0; i < texts.prompts.size(); i++) {
      int[] prompt = texts.prompts.get(i);
      int[] response = texts.responses.get(i);
      long[] text = new long[prompt.length + response.length];
      for (int t = 0; t < text.length; t++) {
        text[t] = t < prompt.length ? prompt[t] : response[t - prompt.length];
      }
      Tensor tokens = Tensors.ofLongs(text, 1, text.length);
      Tensor logProbs = torch.log_softmax(network.logits(tokens), 2).select(0, 0);
      Tensor predicted = logProbs.narrow(0, prompt.length - 1L, response.length);
      Tensor targets = tokens.select(0, 0).narrow(0, prompt.length, response.length);
      Tensor taken = predicted.gather(1, targets.unsqueeze(1)).sum();
      sums.push_back(taken.mul(Tensors.ofFloats(new float[] {i + 1}, 1).squeeze()));
    }
    return torch.stack(sums).sum();
  }

  private Map<String, double[]> takeGradients() {
    Map<String, double[]> gradients = new TreeMap<>();
    network
        .parameters()
        .forEach(
            (name, parameter) -> {
              gradients.put(name, Tensors.toDoubles(parameter.grad()));
              parameter.mutable_grad().zero_();
            });
    return gradients;
  }

  private static int[] tokensFrom(int first, int length) {
    int[] tokens = new int[length];
    tokens[0] = first;
    return tokens;
  }

  private static double distance(double[] a, double[] b) {
    double squares = 0;
    for (int i = 0; i < b.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }

  private static long[] upTo(long rows) {
    long[] numbers = new long[(int) rows];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i + 1L;
    }
    return numbers;
  }

  /** Thirty texts; some share their prompt. */
  private record Texts(List<int[]> prompts, List<int[]> responses) {
    static Texts random(SplittableRandom random) {
      List<int[]> prompts = new ArrayList<>();
      List<int[]> responses = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        boolean shared = i > 0 && random.nextInt(3) > 0;
        prompts.add(shared ? prompts.get(random.nextInt(i)) : tokens(random, 20));
        responses.add(tokens(random, 12));
      }
      return new Texts(prompts, responses);
    }

    private static int[] tokens(SplittableRandom random, int most) {
      return random.ints(1 + random.nextInt(most), 0, VOCABULARY).toArray();
    }
  }
}
