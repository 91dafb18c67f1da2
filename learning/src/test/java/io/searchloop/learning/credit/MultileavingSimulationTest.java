package io.searchloop.learning.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.evaluation.MeanInterval;
import io.searchloop.search.merging.ExaminationCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Which credit puts rewrites in the right order? Simulated queries of known utility; figures and
 * reading in {@code docs/results/multileaving.md}.
 */
class MultileavingSimulationTest {
  private static final System.Logger LOG =
      System.getLogger(MultileavingSimulationTest.class.getName());
  private static final int QUERIES = 200;
  private static final List<Integer> BUDGETS = List.of(50, 200, 1000);
  private static final int LARGEST = 1000;
  private static final long[] SEEDS = {1, 2, 3};

  /** Shoppers who give up sooner than the worker assumes: 1, 1/2, 1/3 and so on. */
  private static final ExaminationCurve IMPATIENT =
      ExaminationCurve.of(
          IntStream.rangeClosed(1, SimulatedQuery.PAGE).mapToDouble(k -> 1.0 / k).toArray());

  /** One row for each seed and budget. */
  private static final List<Row> ROWS = new ArrayList<>();

  private record Row(
      boolean curveIsRight,
      long seed,
      int impressions,
      Interval policyAwareErrors,
      Interval rawErrors,
      Interval policyAwareBias,
      double rawDeviation) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s curve, seed %d, %d impressions: ordering errors policy-aware %s, raw team-draft %s;"
              + " relative bias of policy-aware credit %s; raw credit off its centred utility by %.0f %%",
          curveIsRight ? "right" : "wrong",
          seed,
          impressions,
          percent(policyAwareErrors),
          percent(rawErrors),
          percent(policyAwareBias),
          100 * rawDeviation);
    }

    private static String percent(Interval interval) {
      return String.format(
          Locale.ROOT,
          "%.1f %% [%.1f, %.1f]",
          100 * interval.mean(),
          100 * interval.low(),
          100 * interval.high());
    }
  }

  @BeforeAll
  static void simulate() {
    for (long seed : SEEDS) {
      simulate(seed, SimulatedQuery.ASSUMED);
    }
    simulate(SEEDS[0], IMPATIENT);
    ROWS.forEach(row -> LOG.log(System.Logger.Level.INFO, "Simulated: {0}", row));
  }

  private static void simulate(long seed, ExaminationCurve examination) {
    List<SimulatedQuery> queries =
        LongStream.range(0, QUERIES)
            .mapToObj(query -> new SimulatedQuery(seed * 1_000_003 + query, examination))
            .toList();
    for (int impressions : BUDGETS) {
      queries.forEach(query -> query.showUntil(impressions));
      boolean right = examination.equals(SimulatedQuery.ASSUMED);
      ROWS.add(row(right, seed, impressions, queries));
    }
  }

  @Test
  void policyAwareCreditOrdersRewritesFarBetterThanRawTeamDraftCredit() {
    assertThat(rows(true, LARGEST))
        .hasSize(SEEDS.length)
        .allSatisfy(
            row ->
                assertThat(row.policyAwareErrors().high()).isLessThan(.5 * row.rawErrors().low()));
  }

  @Test
  void morePagesHelpPolicyAwareCreditMuchAndRawCreditLittle() {
    List<Row> few = rows(true, BUDGETS.get(0));
    List<Row> many = rows(true, LARGEST);

    for (int seed = 0; seed < SEEDS.length; seed++) {
      assertThat(many.get(seed).policyAwareErrors().mean())
          .isLessThan(.5 * few.get(seed).policyAwareErrors().mean());
      assertThat(many.get(seed).rawErrors().mean())
          .isGreaterThan(.7 * few.get(seed).rawErrors().mean());
    }
  }

  @Test
  void policyAwareCreditHasTheMeanOfTheUtility() {
    assertThat(rows(true, LARGEST))
        .allSatisfy(row -> assertThat(row.policyAwareBias().mean()).isBetween(-.01, .01));
  }

  @Test
  void wrongCurveBiasesTheCreditYetOrdersBetterThanRawCredit() {
    Row wrong = rows(false, LARGEST).get(0);

    assertThat(Math.abs(wrong.policyAwareBias().mean())).isGreaterThan(.05);
    assertThat(wrong.policyAwareErrors().high()).isLessThan(wrong.rawErrors().low());
  }

  private static List<Row> rows(boolean curveIsRight, int impressions) {
    return ROWS.stream()
        .filter(row -> row.curveIsRight() == curveIsRight && row.impressions() == impressions)
        .toList();
  }

  private static Row row(
      boolean curveIsRight, long seed, int impressions, List<SimulatedQuery> queries) {
    return new Row(
        curveIsRight,
        seed,
        impressions,
        errors(queries, SimulatedQuery::policyAware),
        errors(queries, SimulatedQuery::raw),
        MeanInterval.of(
            queries.stream()
                .mapToDouble(query -> sum(query.policyAware()) / sum(query.utility()) - 1)
                .toArray()),
        rawDeviation(queries));
  }

  /** Share of pairs of lists that a credit puts in the wrong order, by query; ties count half. */
  private static Interval errors(
      List<SimulatedQuery> queries, Function<SimulatedQuery, double[]> credit) {
    return MeanInterval.of(
        queries.stream()
            .mapToDouble(query -> orderingErrors(query.utility(), credit.apply(query)))
            .toArray());
  }

  private static double orderingErrors(double[] truth, double[] credit) {
    int pairs = 0;
    double wrong = 0;
    for (int i = 0; i < truth.length; i++) {
      for (int j = 0; j < i; j++) {
        if (Math.abs(truth[i] - truth[j]) > 1e-9) {
          pairs++;
          wrong += (1 - Math.signum(truth[i] - truth[j]) * Math.signum(credit[i] - credit[j])) / 2;
        }
      }
    }
    return wrong / pairs;
  }

  private static double rawDeviation(List<SimulatedQuery> queries) {
    double off = 0;
    double all = 0;
    for (SimulatedQuery query : queries) {
      double mean = sum(query.utility()) / SimulatedQuery.LISTS;
      double[] raw = query.raw();
      for (int list = 0; list < SimulatedQuery.LISTS; list++) {
        off += Math.pow(raw[list] - (query.utility()[list] - mean), 2);
        all += Math.pow(query.utility()[list] - mean, 2);
      }
    }
    return Math.sqrt(off / all);
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
