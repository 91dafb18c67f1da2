package io.searchloop.learning.oracle;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of a product's click is due to each candidate of a multileaved page: {@code w_i =
 * examination[r_i - 1] / exposure[d]}, for rank r_i in the candidate's list and place d on the
 * page. A product second in a list (examined with 0.5) that the merge exposes with 0.8 weighs
 * 0.625.
 */
final class PageCredit {
  private final Map<String, Integer> firstPlaces = new HashMap<>();
  private final List<int[]> ranks;
  private final float[] examination;
  private final float[] exposure;

  PageCredit(Decision decision) {
    for (int place = 0; place < decision.getPage().size(); place++) {
      firstPlaces.putIfAbsent(decision.getPage().get(place), place);
    }
    this.ranks = decision.getCandidates().stream().map(c -> Packed.ints(c.getRanks())).toList();
    this.examination = Packed.floats(decision.getExamination());
    this.exposure = Packed.floats(decision.getExposure());
    check(decision);
  }

  private void check(Decision decision) {
    int products = decision.getPage().size();
    boolean complete =
        exposure.length == products
            && ranks.stream().allMatch(own -> own.length == products)
            && (products == 0 || examination.length > 0);
    if (!complete) {
      throw new IllegalArgumentException(
          "Multileaved search %s shows %d products, expected an exposure and every candidate's rank of each, and an examination; it is not among the dead letters. Pass every dead letter of the job."
              .formatted(decision.getQueryId(), products));
    }
  }

  /** Weight of a click; 0 when the candidate's list, or the page, lacks the product. */
  double weight(int candidate, String product) {
    int rank = rank(candidate, product);
    if (rank < 1) {
      return 0;
    }
    double examined = examination[Math.min(rank, examination.length) - 1];
    return examined / exposure[firstPlaces.getOrDefault(product, -1)];
  }

  /** Whether the candidate's list holds a product of the page. */
  boolean holds(int candidate, String product) {
    return rank(candidate, product) >= 1;
  }

  private int rank(int candidate, String product) {
    Integer place = firstPlaces.get(product);
    return place == null ? 0 : ranks.get(candidate)[place];
  }
}
