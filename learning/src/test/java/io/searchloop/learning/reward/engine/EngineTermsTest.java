package io.searchloop.learning.reward.engine;

import static io.searchloop.learning.reward.engine.Groups.group;
import static io.searchloop.learning.reward.engine.Groups.invalid;
import static io.searchloop.learning.reward.engine.Groups.products;
import static io.searchloop.learning.reward.engine.Groups.rewrite;
import static io.searchloop.learning.reward.engine.Groups.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each term against values computed by hand; identity is the last value. */
class EngineTermsTest {
  private static final double F0 = .5;

  @Test
  void relevanceIsTheMeanOfThePageOverThatOfTheTypedQuery() {
    EngineGroup group =
        group(
            Map.of("a", .8, "b", .0, "c", .4, "d", .6, "e", 1.0),
            typed("a", "b", "e"),
            rewrite("c", "d", "e"),
            rewrite("d"),
            rewrite());

    // k = 2: R(q) = .4; R = .5, .6, 0.
    assertThat(new RelevanceRatio(2, .1).values(group))
        .containsExactly(new double[] {1.25, 1.5, 0, 1}, within(1e-12));
  }

  @Test
  void relevanceDividesByNoLessThanTheFloor() {
    EngineGroup group = group(Map.of("a", .01, "b", .6), typed("a"), rewrite("b"));

    assertThat(new RelevanceRatio(10, .1).values(group))
        .containsExactly(new double[] {6, .1}, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "3,2", "7,3", "15,4", "16,4", "1000000,4"})
  void sizeIsDampedByTheLogarithmAndEndsAtFour(double x, double g) {
    assertThat(SizeRatio.damped(x)).isEqualTo(g);
  }

  @Test
  void sizeCountsOnlyWhatIsRelevant() {
    EngineGroup group =
        group(
            Map.of("a", .5, "b", .7, "x", .49, "y", 0.0, "z", .1),
            typed("a", "x"),
            rewrite("a", "b", "c", "x", "y"),
            rewrite("x", "y", "z"));

    // n = 3 and 0 of n(q) = 1: g(3) = 2, g(0) = 0, g(1) = 1.
    assertThat(new SizeRatio(F0, 1).values(group)).containsExactly(2, 0, 1);
  }

  @Test
  void sizeDividesByNoLessThanTheFloor() {
    EngineGroup group = group(typed("a"), rewrite(products("p", 12)));

    // 12 / 4 = 3 and 1 / 4.
    assertThat(new SizeRatio(F0, 4).values(group))
        .containsExactly(new double[] {2, Math.log(1.25) / Math.log(2)}, within(1e-12));
  }

  @Test
  void coverageSharesAProductAmongThoseThatFindIt() {
    EngineGroup group =
        group(
            Map.of("x", .4),
            typed("b", "d"),
            rewrite("a", "b", "x"),
            rewrite("b", "c"),
            rewrite("b"));

    // C = |{a, b, c}| = 3; b is found by three. Identity would make four of them, and finds d
    // alone.
    assertThat(new Coverage(F0).values(group))
        .containsExactly(new double[] {4 / 3., 4 / 3., 1 / 3., 1.25}, within(1e-12));
  }

  @Test
  void coverageLetsAnInvalidRewriteTakeNothingFromTheOthers() {
    EngineGroup group = group(typed(), rewrite("a"), invalid("a", "b"));

    assertThat(new Coverage(F0).values(group)).containsExactly(1, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void coverageIsSharedOutWithoutRemainder(long seed) {
    Random random = new Random(seed);
    Map<String, Double> relevance = new HashMap<>();
    for (String product : products("p", 30)) {
      relevance.put(product, random.nextDouble());
    }
    RetrievedRewrite[] rewrites = new RetrievedRewrite[4];
    Set<String> covered = new HashSet<>();
    for (int i = 0; i < rewrites.length; i++) {
      List<String> found =
          Arrays.stream(products("p", 30)).filter(p -> random.nextBoolean()).toList();
      rewrites[i] = new RetrievedRewrite(true, 3, found);
      found.stream().filter(p -> relevance.get(p) >= F0).forEach(covered::add);
    }

    double[] shares = new Coverage(F0).values(group(relevance, typed("p0"), rewrites));

    assertThat(Arrays.stream(shares).limit(4).sum()).isCloseTo(covered.size(), within(1e-9));
  }

  @Test
  void diversityIsTheShareOfNewProductsUpToTheCap() {
    EngineGroup group =
        group(typed("a", "b"), rewrite("b", "c"), rewrite("a", "b"), rewrite(products("p", 9)));

    assertThat(new Diversity(2).values(group)).containsExactly(.5, 0, 2, 0);
  }

  @Test
  void diversityIsZeroWhereTheTypedQueryFindsNothing() {
    assertThat(new Diversity(2).values(group(typed(), rewrite("a")))).containsExactly(0, 0);
  }

  @Test
  void incrementCountsNewProductsWithinTheReferenceSet() {
    EngineGroup group = group(typed("a", "b"), rewrite("b", "c", "x"), rewrite("c", "d"));

    assertThat(Increment.within(Set.of("a", "b", "c", "d")).values(group))
        .containsExactly(.25, .5, 0);
    assertThat(Increment.within(Set.of()).values(group)).containsExactly(0, 0, 0);
  }

  @Test
  void incrementTakesTheRelevantProductsOfTheGroupWhereNobodyJudgedAny() {
    EngineGroup group =
        group(Map.of("x", .1), typed("a", "x"), rewrite("a", "c"), rewrite("c", "d", "x"));

    // E = {a, c, d}.
    assertThat(Increment.withinRelevant(F0).values(group))
        .containsExactly(new double[] {1 / 3., 2 / 3., 0}, within(1e-12));
  }

  @Test
  void hitRateCountsWhatWasBoughtAndTheTypedQueryMissed() {
    EngineGroup group = group(typed("a", "b"), rewrite("b", "c"), rewrite("a"));

    assertThat(new HitRate(Set.of("b", "c")).values(group)).containsExactly(.5, 0, 0);
    assertThat(new HitRate(Set.of()).values(group)).containsExactly(0, 0, 0);
  }

  @Test
  void lengthCostsEachTokenBeyondTheFreeOnes() {
    EngineGroup group =
        group(
            typed("a"),
            new RetrievedRewrite(true, 20, List.of()),
            new RetrievedRewrite(true, 16, List.of()));

    assertThat(new LengthPenalty(16).values(group)).containsExactly(-4, 0, 0);
  }

  @Test
  void aGroupRefusesWhatCannotBeJudged() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineGroup(typed("a"), List.of(), Map.of()))
        .withMessageContaining("Product a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineGroup(typed("a"), List.of(), Map.of("a", 1.5)))
        .withMessageContaining("1.5, expected 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rewrite("a", "b", "a"))
        .withMessageContaining("2 of them distinct");
  }
}
