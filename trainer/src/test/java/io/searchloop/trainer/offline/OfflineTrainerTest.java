package io.searchloop.trainer.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.rewrite.Decoding;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.Tensors;
import io.searchloop.trainer.offline.OfflineTrainer.Trained;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineTrainerTest {
  private static final int STEPS = 30;

  @TempDir Path directory;

  @Test
  void learnsWhatTheEnginePays() {
    try (WarmStart warmStart = TinyShop.warmStart(RewriteOptions.PLAIN);
        Trained trained = train(warmStart, STEPS, directory)) {
      List<CurvePoint> curve = trained.curve();

      assertThat(curve).hasSize(STEPS);
      assertThat(mean(curve.subList(STEPS - 5, STEPS), "reward"))
          .isGreaterThan(mean(curve.subList(0, 5), "reward") + .2);
      assertThat(curve.get(0).figures().get("logprob_gap"))
          .as("sampler and trainer agree")
          .isLessThan(1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dpo", "ipo", "robust-dpo", "pro"})
  void learnsFromComparisons(String algorithm) {
    Map<String, String> given =
        Map.of("trainer.algorithm", algorithm, "trainer.preference-beta", "0.3");
    try (WarmStart warmStart = TinyShop.warmStart(RewriteOptions.PLAIN);
        Trained trained =
            TinyShop.offline(STEPS, TinyShop::score, given)
                .train(directory, warmStart, TinyShop.QUERIES, point -> {})) {
      List<CurvePoint> curve = trained.curve();

      assertThat(curve).extracting(CurvePoint::refused).isSubsetOf("", "every group is flat");
      assertThat(mean(curve.subList(STEPS - 5, STEPS), "reward"))
          .isGreaterThan(mean(curve.subList(0, 5), "reward") + .1);
    }
  }

  @Test
  void withoutAnAnchorComparisonsMoveThePolicyAllTheSame() {
    Map<String, String> given = Map.of("trainer.algorithm", "reference-free-dpo");
    try (WarmStart warmStart = TinyShop.warmStart(RewriteOptions.PLAIN);
        Trained trained =
            TinyShop.offline(2, TinyShop::score, given)
                .train(directory, warmStart, TinyShop.QUERIES, point -> {})) {
      assertThat(bits(trained.network())).isNotEqualTo(bits(warmStart.network()));
    }
  }

  @Test
  void aKilledRunEndsInTheSameBitsAsOneThatWasNot() {
    try (WarmStart warmStart = TinyShop.warmStart(RewriteOptions.PLAIN);
        Trained throughout = train(warmStart, 17, directory.resolve("throughout"))) {
      Path killed = directory.resolve("killed");
      int[] left = {13};
      OfflineTrainer dying = TinyShop.offline(17, TinyShop::score);
      assertThatThrownBy(
              () ->
                  dying.train(
                      killed,
                      warmStart,
                      TinyShop.QUERIES,
                      point -> {
                        if (--left[0] == 0) {
                          throw new IllegalStateException("killed at step " + point.step());
                        }
                      }))
          .hasMessage("killed at step 13");

      try (Trained resumed = train(warmStart, 17, killed)) {
        assertThat(bits(resumed.network())).isEqualTo(bits(throughout.network()));
        assertThat(resumed.curve()).isEqualTo(throughout.curve());
      }
    }
  }

  @Test
  void moreStepsGoOnWhereFewerEnded() {
    try (WarmStart warmStart = TinyShop.warmStart(RewriteOptions.PLAIN);
        Trained throughout = train(warmStart, 8, directory.resolve("throughout"))) {
      train(warmStart, 3, directory.resolve("extended")).close();

      try (Trained extended = train(warmStart, 8, directory.resolve("extended"))) {
        assertThat(bits(extended.network())).isEqualTo(bits(throughout.network()));
      }
    }
  }

  @Test
  void setsUnderTheStrictGrammarAreAlwaysValidAndScoredAlike() {
    RewriteOptions sets = RewriteOptions.products(1).withRewrites(3).withDecoding(Decoding.STRICT);
    try (WarmStart warmStart = TinyShop.warmStart(20, sets).train(TinyShop.TEXT, p -> {});
        Trained trained =
            TinyShop.offline(4, OfflineTrainerTest::payLength)
                .train(directory, warmStart, TinyShop.QUERIES, point -> {})) {
      for (CurvePoint point : trained.curve()) {
        assertThat(point.figures().get("validity")).isEqualTo(1);
        assertThat(point.refused()).isEmpty();
        assertThat(point.figures().get("logprob_gap")).isLessThan(1e-3);
      }
    }
  }

  @Test
  void freeDecodingLetsAColdPolicyBreakTheFormat() {
    RewriteOptions free = RewriteOptions.PLAIN.withDecoding(Decoding.FREE);
    try (WarmStart cold = TinyShop.warmStart(1, free).train(TinyShop.TEXT, p -> {});
        Trained trained = train(cold, 2, directory)) {
      assertThat(trained.curve().get(0).figures().get("validity")).isLessThan(.5);
      assertThat(trained.curve().get(0).figures().getOrDefault("logprob_gap", 0.0))
          .isLessThan(1e-3);
    }
  }

  @Test
  void computesInThePrecisionOfTheSettings() {
    try (WarmStart warmStart = TinyShop.warmStart(RewriteOptions.PLAIN);
        Trained exact = train(warmStart, 2, directory.resolve("exact"));
        Trained rounded =
            TinyShop.offline(2, TinyShop::score, Map.of("trainer.precision", "bf16"))
                .train(directory.resolve("rounded"), warmStart, TinyShop.QUERIES, point -> {})) {
      CurvePoint first = rounded.curve().get(0);

      assertThat(bits(rounded.network())).isNotEqualTo(bits(exact.network()));
      assertThat(first.figures().get("reference_kl")).as("anchor rounds alike").isEqualTo(0);
    }
  }

  @Test
  void flatGroupsChangeNothingAndAreCounted() {
    try (WarmStart warmStart =
            TinyShop.warmStart(5, RewriteOptions.PLAIN).train(TinyShop.TEXT, p -> {});
        Trained trained =
            TinyShop.offline(
                    2,
                    (query, proposals) ->
                        new Feedback.Scores(proposals.stream().map(p -> 1.0).toList(), 1))
                .train(directory, warmStart, TinyShop.QUERIES, point -> {})) {
      assertThat(trained.curve()).allMatch(point -> point.refused().equals("every group is flat"));
      assertThat(trained.curve().get(1).figures()).containsEntry("flat_groups", 1.0);
      assertThat(bits(trained.network())).isEqualTo(bits(warmStart.network()));
    }
  }

  private static Feedback.Scores payLength(String query, List<Feedback.Proposal> proposals) {
    return new Feedback.Scores(
        proposals.stream().map(proposal -> (double) proposal.tokens()).toList(), 0);
  }

  private static Trained train(WarmStart warmStart, int steps, Path directory) {
    return TinyShop.offline(steps, TinyShop::score)
        .train(directory, warmStart, TinyShop.QUERIES, point -> {});
  }

  private static double mean(List<CurvePoint> points, String figure) {
    return points.stream()
        .mapToDouble(point -> point.figures().getOrDefault(figure, Double.NaN))
        .average()
        .orElseThrow();
  }

  private static List<float[]> weights(PolicyNetwork network) {
    return network.parameters().values().stream().map(Tensors::toFloats).toList();
  }

  private static List<String> bits(PolicyNetwork network) {
    return weights(network).stream().map(OfflineTrainerTest::bits).toList();
  }

  private static String bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return Arrays.toString(bits);
  }
}
