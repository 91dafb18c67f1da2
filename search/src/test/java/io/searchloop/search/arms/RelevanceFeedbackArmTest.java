package io.searchloop.search.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.TermWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelevanceFeedbackArmTest {
  private final LuceneSearchEngine engine = LuceneSearchEngine.index(catalogue(), 1, Bm25.DEFAULT);
  private final RelevanceFeedbackArm arm = new RelevanceFeedbackArm(engine, engine.terms());

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  /** One result "red sofa velvet sofa": P(red) = P(velvet) = 1/4, P(sofa) = 1/2. */
  @Test
  void mixesTheQueryWithWhatItsFirstResultsSay() {
    Map<String, Double> weights = arm.expand("sofas").weights();

    assertThat(weights).containsOnlyKeys("sofa", "red", "velvet");
    assertThat(weights.get("sofa")).isCloseTo(.5 + .5 * .5, within(1e-6));
    assertThat(weights.get("red")).isCloseTo(.125, within(1e-6));
    assertThat(weights.get("velvet")).isCloseTo(.125, within(1e-6));
  }

  @Test
  void neverAddsWordsThatTooManyProductsHave() {
    assertThat(arm.expand("lamp 3").weights()).containsKey("3").containsKey("lamp");
    assertThat(arm.expand("3").weights()).containsOnlyKeys("3");
  }

  @Test
  void leavesAQueryAloneThatFindsNothing() {
    assertThat(arm.expand("gadget")).isEqualTo(new TermWeights(Map.of("gadget", .5)));
  }

  private static List<Product> catalogue() {
    List<Product> products = new ArrayList<>();
    products.add(new Product("s", "red sofa velvet sofa", "", "", "", Map.of()));
    for (int i = 0; i < 19; i++) {
      products.add(new Product("l" + i, "lamp " + i, "", "", "", Map.of()));
    }
    return products;
  }
}
