package io.searchloop.search.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {

  @Test
  void unionAddsOnlyTheTermsTheQueryLacks() {
    var weights =
        Fusion.union(
            List.of("led", "bulb"), List.of(new WeightedTerms(List.of("led", "light"), .7)));

    assertThat(weights).containsExactly(entry("led", 1.0), entry("bulb", 1.0), entry("light", .7));
  }

  @Test
  void unionIgnoresARewriteThatRepeatsTheQuery() {
    List<String> typed = List.of("led", "bulb");

    var weights = Fusion.union(typed, List.of(new WeightedTerms(List.of("bulb", "led"), .7)));

    assertThat(weights).isEqualTo(Fusion.union(typed, List.of()));
  }

  @Test
  void typedTermsCountAsOftenAsTheyOccur() {
    var weights = Fusion.union(List.of("door", "to", "door"), List.of());

    assertThat(weights).containsExactly(entry("door", 2.0), entry("to", 1.0));
  }

  @Test
  void repeatingANewTermBuysNoWeight() {
    var weights =
        Fusion.union(
            List.of("lamp"),
            List.of(
                new WeightedTerms(List.of("light", "light"), .7),
                new WeightedTerms(List.of("light"), .7)));

    assertThat(weights).containsExactly(entry("lamp", 1.0), entry("light", .7));
  }

  @Test
  void newTermTakesTheLargestWeightAnyAdditionGivesIt() {
    var weights =
        Fusion.union(
            List.of("lamp"),
            List.of(
                new WeightedTerms(List.of("light"), .7), new WeightedTerms(List.of("light"), .9)));

    assertThat(weights).containsExactly(entry("lamp", 1.0), entry("light", .9));
  }

  @Test
  void replaceLeavesOutTheTypedTerms() {
    var weights =
        Fusion.replace(
            List.of("lihgt"),
            List.of(
                new WeightedTerms(List.of("light", "bulb"), 1),
                new WeightedTerms(List.of("bulb"), .5)));

    assertThat(weights).containsExactly(entry("light", 1.0), entry("bulb", 1.5));
  }

  @Test
  void replaceFallsBackToTheTypedTermsWhenRewritesHoldNone() {
    var weights = Fusion.replace(List.of("light"), List.of(new WeightedTerms(List.of(), 1)));

    assertThat(weights).containsExactly(entry("light", 1.0));
  }
}
