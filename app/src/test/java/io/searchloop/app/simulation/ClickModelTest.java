package io.searchloop.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClickModelTest {
  private static final ShopperConfig CONFIG = ShopperConfigs.with();
  private static final int SEARCHES = 40_000;

  private final ClickModel model = new ClickModel(GradeScale.FROM_ZERO, CONFIG);

  @Test
  void multipliesExaminationAndAttraction() {
    assertThat(model.examination(1)).isEqualTo(1);
    assertThat(model.examination(3)).isCloseTo(.4635, within(1e-4));
    assertThat(model.appeal(3.0)).isEqualTo(1);
    assertThat(model.appeal(1.0)).isCloseTo(1.0 / 7, within(1e-12));
    assertThat(model.click(3, 1)).isCloseTo(.2317, within(1e-4));
  }

  @Test
  void clicksIrrelevantAndUnjudgedProductsAtTheFloor() {
    assertThat(model.click(1, model.appeal(0.0))).isEqualTo(.02);
    assertThat(model.click(1, model.appeal(null))).isEqualTo(.02);
  }

  @Test
  void readsGradesOnTheirScale() {
    ClickModel fromOne = new ClickModel(GradeScale.FROM_ONE, CONFIG);

    assertThat(fromOne.appeal(1.0)).isZero();
    assertThat(fromOne.appeal(2.0)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(fromOne.appeal(3.0)).isEqualTo(1);
  }

  /**
   * Pearson's chi-square over ten positions of mixed grades, each a click or none: ten degrees of
   * freedom, 29.59 is exceeded by chance once in a thousand seeds.
   */
  @Test
  void drawsClicksWithTheProbabilitiesItStates() {
    List<String> page = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    Map<String, Double> grades = Map.of("a", 3.0, "c", 2.0, "d", 1.0, "e", 0.0, "h", 3.0);
    JudgedQuery query = new JudgedQuery("q1", "anything", 1, grades);
    FakeStorefront shop = new FakeStorefront(text -> page);
    Shopper shopper = new Shopper("v", model, CONFIG, new SplittableRandom(5));
    double[] clicks = new double[page.size()];

    for (int i = 0; i < SEARCHES; i++) {
      for (SearchEvent event : shopper.search(query, shop, InstantSource.fixed(Instant.EPOCH))) {
        if (event.getActionName().equals("click")) {
          clicks[event.getPositionOrdinal() - 1]++;
        }
      }
    }

    double chiSquare = 0;
    for (int k = 1; k <= page.size(); k++) {
      double p = model.click(k, model.appeal(grades.get(page.get(k - 1))));
      double difference = clicks[k - 1] - SEARCHES * p;
      chiSquare += difference * difference / (SEARCHES * p * (1 - p));
    }
    assertThat(chiSquare).isBetween(.5, 29.59);
  }
}
