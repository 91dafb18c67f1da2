package io.searchloop.learning.reward.engine;

import static io.searchloop.learning.reward.engine.Groups.group;
import static io.searchloop.learning.reward.engine.Groups.invalid;
import static io.searchloop.learning.reward.engine.Groups.products;
import static io.searchloop.learning.reward.engine.Groups.rewrite;
import static io.searchloop.learning.reward.engine.Groups.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTerm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineRewardTest {
  private static final EngineReward PLAIN = new EngineReward(2, .5, .1, 1, 2, false);
  private static final EngineReward NORMALISED = new EngineReward(2, .5, .1, 1, 2, true);
  private static final RewardConfig LESER = RewardConfig.newBuilder().build();

  /** R(q) = .4, n(q) = 2; the first rewrite has R = .6 and n = 6. */
  private static final EngineGroup GROUP =
      group(
          Map.of("a", .3, "b", .5, "c", .7, "d", .5, "x", .1),
          typed("a", "b", "c"),
          rewrite("c", "d", "b", "e", "f", "g"),
          invalid("c", "e"),
          rewrite("x"));

  @Test
  void addsRelevanceAndSizeAsLeserDoes() {
    PricedGroup priced = PLAIN.weighted(LESER).price(GROUP);

    assertThat(priced.rewrites().get(0).get("relevance")).isEqualTo(1.5);
    assertThat(priced.rewrites().get(0).get("size")).isEqualTo(.2);
    assertThat(priced.rewrites()).extracting(Addends::reward).containsExactly(1.7, 0., .25);
    assertThat(priced.identity().reward()).isEqualTo(1.1);
  }

  @Test
  void saysWhatARewardIsMadeOf() {
    Addends addends = PLAIN.weighted(LESER).price(GROUP).rewrites().get(0);

    assertThat(addends.toAvro())
        .containsExactly(new RewardTerm("relevance", 1.5), new RewardTerm("size", .2));
    assertThat(PLAIN.weighted(LESER).price(GROUP).rewrites().get(1).toAvro())
        .containsExactly(new RewardTerm("invalid", 0.));
  }

  @Test
  void switchesOnEveryTermThatHasAWeight() {
    RewardConfig all =
        RewardConfig.newBuilder()
            .setEngineRelevance(1)
            .setEngineSize(.5)
            .setEngineCoverage(.1)
            .setEngineDiversity(.2)
            .setEngineIncrement(.4)
            .setLengthPenalty(.05)
            .setFreeTokens(2)
            .build();

    Addends first = PLAIN.weighted(all).price(GROUP).rewrites().get(0);

    // Relevant among all lists: b, c, d, e, f, g; new of them: d, e, f, g. 4 new on 3 typed.
    assertThat(first.toAvro())
        .containsExactly(
            new RewardTerm("relevance", 1.5),
            new RewardTerm("size", 1.),
            new RewardTerm("coverage", .6),
            new RewardTerm("diversity", .266667),
            new RewardTerm("increment", .266667),
            new RewardTerm("length", -.1));
    assertThat(first.reward()).isEqualTo(3.533334);
  }

  @ParameterizedTest
  @ValueSource(doubles = {.01, .1, .5, 1})
  void keepsAnInvalidRewriteBelowIdentityWhateverLambda(double lambda) {
    RewardConfig config = RewardConfig.newBuilder().setEngineSize(lambda).build();

    PricedGroup priced = PLAIN.weighted(config).price(GROUP);

    assertThat(priced.identity().reward()).isCloseTo(1 + lambda, within(1e-9));
    assertThat(priced.rewrites().get(1).reward()).isZero();
  }

  @Test
  void punishesAnInvalidRewriteAsConfiguredWhereIdentityFindsNothing() {
    RewardConfig config = RewardConfig.newBuilder().setInvalidReward(-1).build();

    PricedGroup priced = PLAIN.weighted(config).price(group(typed(), invalid("a")));

    assertThat(priced.identity().reward()).isZero();
    assertThat(priced.rewrites().get(0).reward()).isEqualTo(-1);
  }

  @Test
  void raisingLambdaMakesSizeHackingWorse() {
    EngineGroup hacked = hacked();

    assertThat(gainOfTheDump(hacked, .1, 0)).isCloseTo(.3, within(1e-9));
    assertThat(gainOfTheDump(hacked, 1, 0)).isCloseTo(3, within(1e-9));
  }

  @Test
  void aKeywordDumpEarnsNothingByProductsThatAreNotRelevant() {
    EngineReward counting = new EngineReward(2, .5, .1, 1, 2, false);
    EngineReward blind = new EngineReward(2, 0, .1, 1, 2, false);
    EngineGroup hacked = hacked("junk", .05);

    assertThat(gain(blind, LESER, hacked)).isPositive();
    assertThat(gain(counting, LESER, hacked)).isZero();
  }

  @Test
  void theLengthPenaltyPutsAKeywordDumpBelowIdentity() {
    assertThat(gainOfTheDump(hacked(), .1, 0)).isPositive();
    assertThat(gainOfTheDump(hacked(), .1, .02)).isNegative();
  }

  @Test
  void normalisesEachTermOverTheValidRewritesBeforeSumming() {
    EngineGroup group =
        group(
            Map.of("a", .5, "b", .3, "c", .7),
            typed("a"),
            rewrite("b"),
            rewrite("c"),
            invalid("c"));

    PricedGroup priced = NORMALISED.weighted(LESER).price(group);

    // Relevance ratios .6 and 1.4: mean 1, deviation .4; identity 1. Sizes 0 and 1; identity 1.
    assertThat(priced.rewrites()).extracting(Addends::reward).containsExactly(-1.1, 1.1, -1.1);
    assertThat(priced.identity().reward()).isEqualTo(.1);
  }

  @Test
  void normalisingAFlatTermGivesZero() {
    PricedGroup priced =
        NORMALISED.weighted(LESER).price(group(typed("a"), rewrite("a"), rewrite("a")));

    assertThat(priced.rewrites()).extracting(Addends::reward).containsExactly(0., 0.);
  }

  @Test
  void normalisingKeepsThePriceOfLength() {
    RewardConfig config = RewardConfig.newBuilder().setLengthPenalty(.05).build();
    EngineGroup group =
        group(
            typed("a"),
            new RetrievedRewrite(true, 20, List.of("a")),
            new RetrievedRewrite(true, 18, List.of("a")));

    assertThat(NORMALISED.weighted(config).price(group).rewrites())
        .extracting(Addends::reward)
        .containsExactly(-.2, -.1);
  }

  @Test
  void refusesSettingsThatDivideByNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineReward(10, .5, 0, 1, 2, false))
        .withMessageContaining("relevance-floor is 0.0, expected a number above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PLAIN.weighted(RewardConfig.newBuilder().setEngineSize(-1).build()))
        .withMessageContaining("engine term size is -1.0");
  }

  @Test
  void refusesATermThatReturnsNoNumber() {
    EngineTerm broken =
        new EngineTerm() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public double[] values(EngineGroup group) {
            return group.each(member -> Double.NaN);
          }
        };

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new RewardModel(List.of(new WeightedTerm(broken, 1)), 0, false)
                    .price(group(typed(), rewrite())))
        .withMessageContaining("NaN");
  }

  /** A dump of 50 tokens whose page is as good as identity's and that retrieves 200 products. */
  private static EngineGroup hacked() {
    return hacked("more", 1);
  }

  private static EngineGroup hacked(String prefix, double relevance) {
    String[] dumped = Arrays.copyOf(products("a", 2), 200);
    String[] rest = products(prefix, 198);
    System.arraycopy(rest, 0, dumped, 2, rest.length);
    Map<String, Double> stated = new java.util.HashMap<>();
    Arrays.stream(rest).forEach(product -> stated.put(product, relevance));
    return group(stated, typed(products("a", 2)), new RetrievedRewrite(true, 50, List.of(dumped)));
  }

  private static double gainOfTheDump(EngineGroup hacked, double lambda, double penalty) {
    RewardConfig config =
        RewardConfig.newBuilder().setEngineSize(lambda).setLengthPenalty(penalty).build();
    return gain(PLAIN, config, hacked);
  }

  private static double gain(EngineReward reward, RewardConfig config, EngineGroup group) {
    PricedGroup priced = reward.weighted(config).price(group);
    return priced.rewrites().get(0).reward() - priced.identity().reward();
  }
}
