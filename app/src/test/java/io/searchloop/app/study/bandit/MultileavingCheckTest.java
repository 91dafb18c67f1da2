package io.searchloop.app.study.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MultileavingCheckTest {
  private static final int ARMS = 3;

  /** Every arm shows products of its own, and one arm alone shows any that fit. */
  private static QueryArms query(int best) {
    List<List<String>> pages =
        IntStream.range(0, ARMS)
            .mapToObj(arm -> IntStream.range(0, 10).mapToObj(i -> arm + "-" + i).toList())
            .toList();
    Map<String, Double> grades =
        pages.get(best).stream().collect(Collectors.toMap(Function.identity(), product -> 3.0));
    return QueryArms.of(
        new JudgedQuery("q" + best, "best is " + best, 1, grades),
        QueryKind.OTHER,
        pages,
        IntStream.range(0, ARMS).mapToObj(arm -> arm == best ? 1.0 : 0.0).toList());
  }

  @Test
  void mergedPagesFindTheBestArmOfEachQuery() {
    ArmTable table = new ArmTable(IntStream.range(0, ARMS).mapToObj(arm -> query(arm)).toList());
    MultileavingCheck check =
        new MultileavingCheck(table, GradeScale.FROM_ZERO, BanditPlan.shoppers());

    List<MultileavingFigures> found = check.run(List.of(0, 200), 1);

    assertThat(found.get(0).merged()).isEqualTo(found.get(0).alone()).isGreaterThan(.1);
    assertThat(found.get(1).merged()).isZero();
    assertThat(found.get(1).alone()).isZero();
  }
}
