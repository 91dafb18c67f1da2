package io.searchloop.learning.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.search.merging.ExaminationCurve;
import io.searchloop.search.merging.ExposureModel;
import io.searchloop.search.merging.MultileavedPage;
import io.searchloop.search.merging.TeamDraft;
import io.searchloop.search.merging.TeamDraftMultileaver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over all merges, each weighed by its chance, credit is the utility of the list: no luck left. */
class PageCreditProperties {
  private static final ExaminationCurve CURVE = ExaminationCurve.logarithmic(9);
  private static final int DEPTH = 3;
  private static final int LISTS = 3;
  private static final int POOL = 7;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void expectedCreditIsTheUtilityOfTheList(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Double> attraction = attraction(random);
    List<List<String>> lists = lists(random);
    TeamDraft draft =
        new TeamDraftMultileaver(DEPTH * LISTS, new ExposureModel(CURVE))
            .draft(lists.get(LISTS - 1), lists.subList(0, LISTS - 1));

    double[] expected = expectedCredit(draft, attraction);

    for (int list = 0; list < LISTS; list++) {
      assertThat(expected[list]).isCloseTo(utility(lists.get(list), attraction), within(1e-6));
    }
  }

  private static double[] expectedCredit(TeamDraft draft, Map<String, Double> attraction) {
    double[] expected = new double[LISTS];
    EveryChoice merges = new EveryChoice();
    do {
      MultileavedPage page = draft.page(merges);
      PageCredit credit = PageCredit.of(Pages.decision(page));
      for (int place = 0; place < page.products().size(); place++) {
        String product = page.products().get(place);
        double clicks = CURVE.at(place + 1) * attraction.get(product) * merges.probability();
        for (int list = 0; list < LISTS; list++) {
          expected[list] += clicks * credit.weight(list, product);
        }
      }
    } while (merges.next());
    return expected;
  }

  private static double utility(List<String> list, Map<String, Double> attraction) {
    return IntStream.range(0, DEPTH)
        .mapToDouble(i -> CURVE.at(i + 1) * attraction.get(list.get(i)))
        .sum();
  }

  private static Map<String, Double> attraction(RandomGenerator random) {
    return IntStream.range(0, POOL)
        .boxed()
        .collect(Collectors.toMap(product -> "p" + product, product -> random.nextDouble()));
  }

  /** The first products of random orders of the pool. */
  private static List<List<String>> lists(SplittableRandom random) {
    List<List<String>> lists = new ArrayList<>();
    for (int list = 0; list < LISTS; list++) {
      lists.add(random.ints(0, POOL).distinct().limit(DEPTH).mapToObj(i -> "p" + i).toList());
    }
    return lists;
  }
}
