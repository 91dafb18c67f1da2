package io.searchloop.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.policy.rewrite.AnswerGrammar;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Decoding;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.policy.rewrite.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A grammar that remembers, and texts that share rows and prompts: the masks go with the texts. */
class PackedGrammarTest {
  private static final int LONGEST = 12;
  private static final double TEMPERATURE = .7;
  private static final Tokenizer TOKENIZER =
      BytePairTrainer.train(List.of("red shoes", "\u00e9t\u00e9 \u9774"), 275);
  private static final AnswerGrammar GRAMMAR =
      new RewriteFormat(
              TOKENIZER,
              16,
              LONGEST,
              RewriteOptions.PLAIN.withRewrites(3).withDecoding(Decoding.STRICT))
          .grammar();
  private static final NetworkConfig CONFIG =
      new NetworkConfig(TOKENIZER.vocabularySize(), 16, 2, 4, 2, 24, 40, 10_000, 1e-5);

  private final List<int[]> prompts = new ArrayList<>();
  private final List<int[]> answers = new ArrayList<>();
  private PointerScope scope;
  private PolicyNetwork network;

  @BeforeEach
  void open() {
    LibTorch.initialise(1);
    network = PolicyNetwork.initialise(CONFIG, 7);
    scope = new PointerScope();
    SplittableRandom random = new SplittableRandom(3);
    for (int group = 0; group < 6; group++) {
      int[] prompt = random.ints(1 + random.nextInt(20), 0, CONFIG.vocabularySize()).toArray();
      for (int member = 0; member < 4; member++) {
        prompts.add(prompt);
        answers.add(walk(random));
      }
    }
  }

  @AfterEach
  void close() {
    scope.close();
    network.close();
  }

  @Test
  void lossAndGradientsAreThoseOfOneTextARow() {
    Tensor packed = packedLoss();
    packed.backward();
    Map<String, double[]> gradients = takeGradients();
    Tensor separate = separateLoss();
    separate.backward();
    Map<String, double[]> expected = takeGradients();

    assertThat(Packing.of(prompts, answers).places())
        .as("texts share rows")
        .isLessThan(answers.size() * 32L);
    assertThat(packed.item_double()).isCloseTo(separate.item_double(), within(1e-5));
    expected.forEach(
        (name, gradient) ->
            assertThat(distance(gradients.get(name), gradient))
                .as(name)
                .isLessThan(1e-5 * distance(new double[gradient.length], gradient)));
  }

  /** Mean log-probability of an answer times an advantage of its own, so that a mix-up shows. */
  private Tensor packedLoss() {
    try (TokenMask mask = TokenMask.of(GRAMMAR, CONFIG.vocabularySize())) {
      SequenceBatch batch = SequenceBatch.of(prompts, answers);
      Tensor sums = new ResponseScorer(TEMPERATURE, mask).score(network, batch).sequenceLogProbs();
      double[] advantages = new double[answers.size()];
      Arrays.setAll(advantages, PackedGrammarTest::advantage);
      return sums.mul(Tensors.ofFloats(advantages, advantages.length)).mean();
    }
  }

  /** The same without packer or mask: plain causal logits, tokens asked of the grammar. */
  private Tensor separateLoss() {
    TensorVector weighted = new TensorVector();
    for (int i = 0; i < answers.size(); i++) {
      int[] answer = answers.get(i);
      long[] text =
          IntStream.concat(Arrays.stream(prompts.get(i)), Arrays.stream(answer))
              .asLongStream()
              .toArray();
      Tensor logits =
          network
              .logits(Tensors.ofLongs(text, 1, text.length))
              .select(0, 0)
              .narrow(0, prompts.get(i).length - 1L, answer.length)
              .div(new Scalar(TEMPERATURE))
              .masked_fill(forbidden(answer), new Scalar(Double.NEGATIVE_INFINITY));
      long[] targets = Arrays.stream(answer).asLongStream().toArray();
      Tensor taken =
          torch.log_softmax(logits, 1).gather(1, Tensors.ofLongs(targets, targets.length, 1));
      weighted.push_back(taken.sum().mul(new Scalar(advantage(i))));
    }
    return torch.stack(weighted).mean();
  }

  private static Tensor forbidden(int[] answer) {
    int vocabulary = CONFIG.vocabularySize();
    boolean[] forbidden = new boolean[answer.length * vocabulary];
    int state = AnswerGrammar.START;
    for (int position = 0; position < answer.length; position++) {
      for (int token = 0; token < vocabulary; token++) {
        forbidden[position * vocabulary + token] = !GRAMMAR.allowed(state, token);
      }
      state = GRAMMAR.next(state, answer[position]);
    }
    return Tensor.create(forbidden, answer.length, vocabulary);
  }

  private static double advantage(int answer) {
    return (answer + 1) / 24.0 - .4;
  }

  private static int[] walk(RandomGenerator random) {
    IntStream.Builder answer = IntStream.builder();
    int state = AnswerGrammar.START;
    int token;
    do {
      int from = state;
      int[] allowed =
          IntStream.range(0, CONFIG.vocabularySize())
              .filter(candidate -> GRAMMAR.allowed(from, candidate))
              .toArray();
      token = allowed[random.nextInt(allowed.length)];
      answer.add(token);
      state = GRAMMAR.next(state, token);
    } while (token != Tokenizer.END);
    return answer.build().toArray();
  }

  private Map<String, double[]> takeGradients() {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    network
        .parameters()
        .forEach(
            (name, parameter) -> {
              gradients.put(name, Tensors.toDoubles(parameter.grad()));
              parameter.mutable_grad().zero_();
            });
    return gradients;
  }

  private static double distance(double[] a, double[] b) {
    double squares = 0;
    for (int i = 0; i < b.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }
}
