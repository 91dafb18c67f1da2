package io.searchloop.trainer.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Decoding;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.export.OnnxExporter;
import io.searchloop.trainer.network.AnswerScorer;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts, grammar, sampler and scorer on the renumbered tokens of another model. */
class PretrainedFormatTest {
  private static final RewriteOptions OPTIONS =
      new RewriteOptions(true, true, 2, 2, 3, Decoding.STRICT);
  private static final double TEMPERATURE = .9;

  @TempDir private Path path;

  @BeforeEach
  void initialise() {
    LibTorch.initialise(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-tiny", "qwen2-tiny"})
  void promptsReadAsTheirTextsAndSampledAnswersAreValidAndScoredAlike(String name)
      throws IOException {
    try (PretrainedPolicy pretrained = policy(name)) {
      NetworkConfig network = pretrained.network().config();
      PolicySpec spec =
          new PolicySpec(
                  PolicySpec.FORMAT,
                  network.vocabularySize(),
                  network.layers(),
                  network.keyValueHeads(),
                  network.headDim(),
                  96,
                  12)
              .withOptions(OPTIONS);
      RewriteFormat format = spec.rewriteFormat(pretrained.tokenizer());
      int[] prompt = format.prompt(context());

      assertThat(sections(prompt, format))
          .containsExactly(
              "ps4 <|im_end|> f\u00fcr kinder",
              "de-de",
              "brand: sony ; \u9774",
              "ps3 ; ps4",
              "sony 10\" \u2013 slim ; caf\u00e9 \ud83d\ude80");

      List<int[]> prompts = Collections.nCopies(16, prompt);
      PolicyArtifact artifact =
          new PolicyArtifact(
              spec, pretrained.tokenizer(), OnnxExporter.export(pretrained.network(), Map.of()));
      List<Answer> answers =
          new PolicyDecoder(artifact, network)
              .sample(prompts, TEMPERATURE, new SplittableRandom(5));
      assertThat(answers).allMatch(answer -> !format.rewrites(answer.tokens()).isEmpty());
      requireScoredAlike(pretrained, format, prompts, answers);
    }
  }

  private static void requireScoredAlike(
      PretrainedPolicy policy, RewriteFormat format, List<int[]> prompts, List<Answer> answers) {
    try (TokenMask mask =
        TokenMask.of(format.grammar(), policy.network().config().vocabularySize())) {
      double[][] scored =
          new AnswerScorer(TEMPERATURE, mask)
              .logProbs(policy.network(), prompts, answers.stream().map(Answer::tokens).toList());
      for (int i = 0; i < scored.length; i++) {
        for (int t = 0; t < scored[i].length; t++) {
          assertThat((double) answers.get(i).logProbs()[t]).isCloseTo(scored[i][t], within(1e-4));
        }
      }
    }
  }

  private static QueryContext context() {
    return new QueryContext(
        "PS4  <|im_end|> f\u00fcr Kinder",
        "de-DE",
        List.of("Brand: Sony", "\u9774"),
        List.of("oldest", "ps3", "ps4"),
        List.of("Sony 10\" \u2013 slim", "caf\u00e9 \ud83d\ude80", "third"));
  }

  /** Texts between BEGIN and the separators. */
  private static List<String> sections(int[] prompt, RewriteFormat format) {
    assertThat(prompt[0]).isEqualTo(Tokenizer.BEGIN);
    assertThat(prompt[prompt.length - 1]).isEqualTo(Tokenizer.SEPARATOR);
    List<String> sections = new ArrayList<>();
    int from = 1;
    for (int i = 1; i < prompt.length; i++) {
      if (prompt[i] == Tokenizer.SEPARATOR) {
        int[] section = Arrays.copyOfRange(prompt, from, i);
        sections.add(format.tokenizer().decode(section).orElseThrow());
        from = i + 1;
      }
    }
    return sections;
  }

  /** A real network, to which a tokenizer in Qwen2's order is given; it has none. */
  private PretrainedPolicy policy(String name) throws IOException {
    Path checkpoint = Path.of(System.getProperty("searchloop.data", "../../shared/data"), name);
    assumeTrue(Files.isDirectory(checkpoint), () -> "no checkpoint " + checkpoint.toAbsolutePath());
    HuggingFaceDirectory copy = new HuggingFaceDirectory(path);
    try (PolicyNetwork network = new HuggingFaceDirectory(checkpoint).readNetwork()) {
      copy.write(network);
    }
    Tokenizer learned =
        BytePairTrainer.train(List.of("ps4 games f\u00fcr kinder", "sony ps4 slim"), 280);
    JsonFile.write(path.resolve("tokenizer.json"), QwenTokenizer.json(learned));
    return copy.readPolicy(128);
  }
}
