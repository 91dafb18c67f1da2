package io.searchloop.learning.credit;

import io.searchloop.search.merging.ExaminationCurve;
import io.searchloop.search.merging.ExposureModel;
import io.searchloop.search.merging.MultileavedPage;
import io.searchloop.search.merging.TeamDraft;
import io.searchloop.search.merging.TeamDraftMultileaver;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A query with four result lists of known worth, and shoppers who click by examination times
 * attraction. Simulated: no person behaves so.
 *
 * <p>Thirty products, attraction {@code u^3 / 2} with u uniform: most are dull, a few good. Each
 * list orders them by attraction plus normal noise, the last one (the query as typed) with most of
 * it, so the better rewrites share many products, as rewrites do.
 */
final class SimulatedQuery {
  static final int LISTS = 4;
  static final int PAGE = 16;

  /** What the worker assumes. */
  static final ExaminationCurve ASSUMED = ExaminationCurve.logarithmic(PAGE);

  private static final int PRODUCTS = 30;
  private static final double[] NOISE = {.05, .1, .15, .25};
  private static final TeamDraftMultileaver MULTILEAVER =
      new TeamDraftMultileaver(PAGE, new ExposureModel(ASSUMED));

  private final SplittableRandom random;
  private final ExaminationCurve examination;
  private final Map<String, Double> attraction = new HashMap<>();
  private final double[] utility = new double[LISTS];
  private final TeamDraft draft;
  private final PageCredit credit;
  private final double[] policyAware = new double[LISTS];
  private final double[] raw = new double[LISTS];
  private int impressions;

  /**
   * A query with no pages shown yet.
   *
   * @param examination how shoppers truly examine positions
   */
  SimulatedQuery(long seed, ExaminationCurve examination) {
    this.random = new SplittableRandom(seed);
    this.examination = examination;
    for (int product = 0; product < PRODUCTS; product++) {
      attraction.put("p" + product, Math.pow(random.nextDouble(), 3) / 2);
    }
    List<List<String>> lists = Arrays.stream(NOISE).mapToObj(this::ranking).toList();
    for (int list = 0; list < LISTS; list++) {
      for (int i = 0; i < PAGE / LISTS; i++) {
        utility[list] += examination.at(i + 1) * attraction.get(lists.get(list).get(i));
      }
    }
    draft = MULTILEAVER.draft(lists.get(LISTS - 1), lists.subList(0, LISTS - 1));
    // Ranks and exposure belong to the products, not to the page of one visitor.
    credit = PageCredit.of(Pages.decision(draft.page(0)));
  }

  private List<String> ranking(double noise) {
    Map<String, Double> scores = new HashMap<>();
    IntStream.range(0, PRODUCTS)
        .mapToObj(product -> "p" + product)
        .forEach(name -> scores.put(name, attraction.get(name) + noise * random.nextGaussian()));
    return scores.keySet().stream().sorted(Comparator.comparing(scores::get).reversed()).toList();
  }

  /** What each list is worth: sum over its positions of examination times attraction. */
  double[] utility() {
    return utility.clone();
  }

  /** Shows pages until there were so many in all. */
  void showUntil(int total) {
    for (; impressions < total; impressions++) {
      MultileavedPage page = draft.page(random.nextLong());
      Map<String, Integer> placedBy = new HashMap<>();
      for (int place = 0; place < page.places().size(); place++) {
        MultileavedPage.Place shown = page.places().get(place);
        if (shown.team() != MultileavedPage.NO_TEAM
            && random.nextDouble() < examination.at(place + 1) * attraction.get(shown.product())) {
          placedBy.put(shown.product(), shown.team());
        }
      }
      RawTeamDraftCredit teamDraft = new RawTeamDraftCredit(LISTS, placedBy);
      for (String clicked : placedBy.keySet()) {
        for (int list = 0; list < LISTS; list++) {
          policyAware[list] += credit.weight(list, clicked);
          raw[list] += teamDraft.weight(list, clicked);
        }
      }
    }
  }

  /** Mean credit of each list so far. */
  double[] policyAware() {
    return Arrays.stream(policyAware).map(sum -> sum / impressions).toArray();
  }

  /** Mean raw team-draft credit of each list so far. */
  double[] raw() {
    return Arrays.stream(raw).map(sum -> sum / impressions).toArray();
  }
}
