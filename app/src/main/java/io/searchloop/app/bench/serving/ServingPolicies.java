package io.searchloop.app.bench.serving;

import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Decoding;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.warmstart.WarmStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Policies of the demo's size that nobody trained: what a rewrite costs does not depend on what the
 * weights say. Their answers hardly ever end before they must, so that all have {@link #ANSWER}
 * tokens.
 */
final class ServingPolicies {
  /** Tokens of an answer, its end included. */
  static final int ANSWER = 8;

  /**
   * What a gate may not ask of a policy that nobody trained. Weights are released as they are, so
   * that whoever scores a decision again has those that served.
   */
  static final Map<String, String> LENIENT =
      Map.of(
          "trainer.export-precision", "fp32",
          "trainer.gate.min-validity", "0",
          "trainer.gate.min-sampled-validity", "0",
          "trainer.gate.max-kl", "1e9",
          "trainer.gate.max-length-ratio", "1e9",
          "trainer.gate.max-latency", "PT1M");

  /** A small vocabulary is mostly single bytes, which are hardly ever text by chance. */
  private static final RewriteOptions STRICT = RewriteOptions.PLAIN.withDecoding(Decoding.STRICT);

  private static final int PROMPT = 24;
  private static final int WORDS = 6_000;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 9;
  private static final int QUERIES = 64;
  private static final long WORD_SEED = 20_260_102;

  private ServingPolicies() {}

  /**
   * A policy; equal seeds give equal ones, and all have one tokenizer. The caller closes it.
   *
   * @param small of a few thousand weights instead
   */
  static WarmStart of(long seed, boolean small) {
    List<String> words = words();
    Tokenizer tokenizer = BytePairTrainer.train(words, small ? 300 : 2048);
    NetworkConfig shape =
        small
            ? new NetworkConfig(300, 32, 2, 2, 2, 64, PROMPT + ANSWER, 10_000, 1e-5)
            : NetworkConfig.demo();
    NetworkConfig network =
        shape.withMaxPositions(PROMPT + ANSWER).withVocabularySize(tokenizer.vocabularySize());
    PolicySpec spec =
        new PolicySpec(
                PolicySpec.FORMAT,
                tokenizer.vocabularySize(),
                network.layers(),
                network.keyValueHeads(),
                network.headDim(),
                PROMPT,
                ANSWER)
            .withOptions(small ? STRICT : RewriteOptions.PLAIN);
    return new WarmStart(
        PolicyNetwork.initialise(network, seed), tokenizer, spec, queries(), Map.of());
  }

  /** Queries of two words, about a dozen tokens as prompts. */
  static List<String> queries() {
    List<String> words = words();
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < QUERIES; i++) {
      queries.add(words.get(2 * i) + ' ' + words.get(2 * i + 1));
    }
    return queries;
  }

  private static List<String> words() {
    RandomGenerator random = new SplittableRandom(WORD_SEED);
    List<String> words = new ArrayList<>(WORDS);
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      int length = random.nextInt(SHORTEST, LONGEST);
      for (int k = 0; k < length; k++) {
        word.append((char) random.nextInt('a', 'z' + 1));
      }
      words.add(word.toString());
    }
    return words;
  }
}
