package io.searchloop.app.study;

import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.policy.sampling.Categorical;
import io.searchloop.policy.sampling.LogProbs;
import io.searchloop.trainer.export.GraphDecoding;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.warmstart.WarmStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Samples as a policy would speak without a grammar to hold its hand: it must end a rewrite by
 * itself, within the length cap, and spell text. Serving forces the end; what is forced cannot be
 * measured.
 */
final class FreeSampler {
  private final RewriteFormat format;
  private final NetworkConfig network;
  private final byte[] onnx;
  private final double temperature;

  /**
   * @param policy weights as they are now
   */
  FreeSampler(WarmStart policy, double temperature) {
    this.format = policy.format();
    this.network = policy.network().config();
    this.onnx = policy.artifact(policy.network()).onnx();
    this.temperature = temperature;
  }

  /** What the trainer normalises over to agree with this sampler. The caller closes it. */
  static TokenMask mask(WarmStart policy) {
    return TokenMask.of(
        policy.format().maxRewriteTokens(), policy.spec().vocabularySize(), FreeSampler::allowed);
  }

  /** Any text at any place; an end anywhere but at the start, nowhere forced. */
  private static boolean allowed(int position, int token) {
    return token >= Tokenizer.SPECIAL_TOKENS || (token == Tokenizer.END && position > 0);
  }

  /** One answer for each prompt; prompts of equal length share a batch. */
  List<Answer> sample(List<int[]> prompts, RandomGenerator random) {
    Map<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int i = 0; i < prompts.size(); i++) {
      byLength.computeIfAbsent(prompts.get(i).length, length -> new ArrayList<>()).add(i);
    }
    Answer[] answers = new Answer[prompts.size()];
    for (List<Integer> rows : byLength.values()) {
      int[][] batch = rows.stream().map(prompts::get).toArray(int[][]::new);
      List<Answer> sampled = sampleBatch(batch, random);
      for (int row = 0; row < batch.length; row++) {
        answers[rows.get(row)] = sampled.get(row);
      }
    }
    return List.of(answers);
  }

  private List<Answer> sampleBatch(int[][] prompts, RandomGenerator random) {
    int longest = format.maxRewriteTokens();
    int[][] tokens = new int[prompts.length][longest];
    float[][] logProbs = new float[prompts.length][longest];
    int[] lengths = new int[prompts.length];
    int[][] next = prompts;
    double[] scores = new double[network.vocabularySize()];
    try (GraphDecoding decoding = new GraphDecoding(network, onnx, prompts.length)) {
      for (int position = 0; position < longest; position++) {
        int at = position;
        float[] logits = decoding.advance(next);
        next = new int[prompts.length][1];
        for (int row = 0; row < prompts.length; row++) {
          if (position > lengths[row]) {
            continue; // ended
          }
          LogProbs.logSoftmax(
              logits, row * scores.length, temperature, token -> allowed(at, token), scores);
          int token = Categorical.sample(scores, random);
          tokens[row][position] = token;
          logProbs[row][position] = (float) scores[token];
          next[row][0] = token;
          lengths[row] = token == Tokenizer.END ? position : position + 1;
        }
      }
    }
    return answers(tokens, logProbs);
  }

  /** Up to the end token, or the cap where there is none. */
  private static List<Answer> answers(int[][] tokens, float[][] logProbs) {
    List<Answer> answers = new ArrayList<>();
    for (int row = 0; row < tokens.length; row++) {
      int length = 1;
      while (length < tokens[row].length && tokens[row][length - 1] != Tokenizer.END) {
        length++;
      }
      answers.add(
          new Answer(Arrays.copyOf(tokens[row], length), Arrays.copyOf(logProbs[row], length)));
    }
    return answers;
  }
}
