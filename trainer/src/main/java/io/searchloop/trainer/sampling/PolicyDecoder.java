package io.searchloop.trainer.sampling;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.AnswerGrammar;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.policy.sampling.TokenDistribution;
import io.searchloop.trainer.export.GraphDecoding;
import io.searchloop.trainer.network.NetworkConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Decodes many prompts with an artifact; prompts of equal length share a batch. */
public final class PolicyDecoder {
  private final NetworkConfig network;
  private final byte[] onnx;
  private final AnswerGrammar grammar;

  /**
   * @param artifact as a worker would rebuild it
   * @param network shape of the network it was exported from
   */
  public PolicyDecoder(PolicyArtifact artifact, NetworkConfig network) {
    this(artifact, network, artifact.format().grammar());
  }

  /**
   * A decoder that enforces another grammar than workers do, for studies.
   *
   * @param grammar what may be chosen
   */
  public PolicyDecoder(PolicyArtifact artifact, NetworkConfig network, AnswerGrammar grammar) {
    this.network = network;
    this.onnx = artifact.onnx();
    this.grammar = grammar;
  }

  /** The most likely token each time. */
  public List<Answer> greedy(List<int[]> prompts) {
    return decode(prompts, 1, TokenDistribution::mode);
  }

  /** One sampled answer for each prompt. */
  public List<Answer> sample(List<int[]> prompts, double temperature, RandomGenerator random) {
    return decode(prompts, temperature, tokens -> tokens.sample(random));
  }

  private List<Answer> decode(
      List<int[]> prompts, double temperature, ToIntFunction<TokenDistribution> choose) {
    Map<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int i = 0; i < prompts.size(); i++) {
      byLength.computeIfAbsent(prompts.get(i).length, length -> new ArrayList<>()).add(i);
    }
    Answer[] answers = new Answer[prompts.size()];
    for (List<Integer> batch : byLength.values()) {
      int[][] tokens = batch.stream().map(prompts::get).toArray(int[][]::new);
      List<Growing> growing = decodeBatch(tokens, temperature, choose);
      for (int row = 0; row < batch.size(); row++) {
        answers[batch.get(row)] = growing.get(row).answer();
      }
    }
    return List.of(answers);
  }

  private List<Growing> decodeBatch(
      int[][] prompts, double temperature, ToIntFunction<TokenDistribution> choose) {
    List<Growing> rows =
        IntStream.range(0, prompts.length).mapToObj(row -> new Growing(grammar.longest())).toList();
    int[][] next = prompts;
    try (GraphDecoding decoding = new GraphDecoding(network, onnx, prompts.length)) {
      while (rows.stream().anyMatch(row -> !row.ended())) {
        float[] logits = decoding.advance(next);
        for (int row = 0; row < prompts.length; row++) {
          if (!rows.get(row).ended()) {
            grow(rows.get(row), logits, row, temperature, choose);
          }
        }
        next = rows.stream().map(row -> new int[] {row.last()}).toArray(int[][]::new);
      }
    }
    return rows;
  }

  private void grow(
      Growing answer,
      float[] logits,
      int row,
      double temperature,
      ToIntFunction<TokenDistribution> choose) {
    TokenDistribution tokens = new TokenDistribution(network.vocabularySize());
    tokens.fill(
        logits,
        row * tokens.vocabulary(),
        temperature,
        token -> grammar.allowed(answer.state, token));
    int token = choose.applyAsInt(tokens);
    answer.add(token, (float) tokens.logProb(token), grammar.next(answer.state, token));
  }

  /** An answer so far; END closes it, or the length cap. */
  private static final class Growing {
    private final int[] tokens;
    private final float[] logProbs;
    private int length;
    private int state = AnswerGrammar.START;

    Growing(int longest) {
      tokens = new int[longest];
      logProbs = new float[longest];
    }

    void add(int token, float logProb, int next) {
      tokens[length] = token;
      logProbs[length++] = logProb;
      state = next;
    }

    boolean ended() {
      return length == tokens.length || (length > 0 && last() == Tokenizer.END);
    }

    int last() {
      return tokens[length - 1];
    }

    Answer answer() {
      return new Answer(Arrays.copyOf(tokens, length), Arrays.copyOf(logProbs, length));
    }
  }
}
