package io.searchloop.app.study.bandit;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.simulation.ExpectedReward;
import io.searchloop.app.simulation.SearchPage;
import io.searchloop.app.simulation.ShopperConfig;
import io.searchloop.app.simulation.SimulatedVisitor;
import io.searchloop.learning.credit.PageCredit;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.search.merging.ExaminationCurve;
import io.searchloop.search.merging.ExposureModel;
import io.searchloop.search.merging.MultileavedPage;
import io.searchloop.search.merging.TeamDraft;
import io.searchloop.search.merging.TeamDraftMultileaver;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which tells sooner what arm a query should be given: one arm's page a visitor, drawn evenly, or a
 * page merged from all of them, at equal traffic? Clicks alone are counted, since purchases compete
 * and earn no credit. After some traffic each query is given the arm with the best mean so far;
 * what that loses in clicks a search, against the arm that is really best, is the figure.
 *
 * <p>The examination curve is known here, which favours merging; its lists are cut to the places a
 * page has for each, which does not.
 */
final class MultileavingCheck {
  private static final int PAGE = 10;

  private final ArmTable table;
  private final GradeScale scale;
  private final ShopperConfig shoppers;
  private final ExpectedReward clicks;
  private final TeamDraftMultileaver multileaver;
  private final Zipf zipf;
  private final Map<Integer, TeamDraft> drafts = new HashMap<>();

  MultileavingCheck(ArmTable table, GradeScale scale, ShopperConfig shoppers) {
    this.table = table;
    this.scale = scale;
    this.shoppers = shoppers;
    RewardConfig clicksOnly = RewardConfig.newBuilder().setAddToCart(0).setPurchase(0).build();
    this.clicks = new ExpectedReward(scale, shoppers, clicksOnly);
    double[] curve =
        IntStream.rangeClosed(1, PAGE)
            .mapToDouble(place -> Math.pow(place, -shoppers.examinationDecay()))
            .toArray();
    this.multileaver =
        new TeamDraftMultileaver(PAGE, new ExposureModel(ExaminationCurve.of(curve)));
    this.zipf = new Zipf(table.queries().size());
  }

  /**
   * Clicks a search that are lost at some sizes of traffic.
   *
   * @param searches sizes of traffic, ascending
   */
  List<MultileavingFigures> run(List<Integer> searches, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom queries = random.split();
    long aloneVisitors = random.nextLong();
    long mergedVisitors = random.nextLong();
    Means alone = new Means();
    Means merged = new Means();
    List<MultileavingFigures> figures = new ArrayList<>();
    int done = 0;
    for (int size : searches) {
      for (; done < size; done++) {
        int query = zipf.next(queries);
        QueryArms arms = table.queries().get(query);
        if (arms.available().size() > 1) {
          showOne(query, arms, alone, new SplittableRandom(aloneVisitors + done));
          showMerged(query, arms, merged, new SplittableRandom(mergedVisitors + done));
        }
      }
      figures.add(new MultileavingFigures(size, lost(alone), lost(merged)));
    }
    return figures;
  }

  private void showOne(int query, QueryArms arms, Means means, SplittableRandom random) {
    int arm = arms.available().get(random.nextInt(arms.available().size()));
    List<SearchEvent> clicked = clicks(arms, arms.pages().get(arm), random);
    means.add(query, arm, clicked.size());
  }

  private void showMerged(int query, QueryArms arms, Means means, SplittableRandom random) {
    TeamDraft draft = drafts.computeIfAbsent(query, q -> draft(arms));
    MultileavedPage page = draft.page(random);
    List<ByteBuffer> ranks = new ArrayList<>();
    for (int list = 0; list < page.lists(); list++) {
      ranks.add(Packed.ints(page.ranks(list)));
    }
    PageCredit credit =
        PageCredit.of(
            page.products(),
            ranks,
            Packed.floats(page.examination().toFloats()),
            Packed.floats(page.exposure()));
    List<SearchEvent> clicked = clicks(arms, page.products(), random);
    for (int list = 0; list < page.lists(); list++) {
      int own = list;
      double earned =
          clicked.stream().mapToDouble(click -> credit.weight(own, click.getObjectId())).sum();
      // The query as typed is the first arm and the last list.
      int place = list == page.lists() - 1 ? 0 : list + 1;
      means.add(query, arms.available().get(place), earned);
    }
  }

  private TeamDraft draft(QueryArms arms) {
    List<List<String>> pages = arms.available().stream().map(arms.pages()::get).toList();
    return multileaver.draft(pages.get(0), pages.subList(1, pages.size()));
  }

  private List<SearchEvent> clicks(QueryArms arms, List<String> page, SplittableRandom random) {
    return new SimulatedVisitor("v", scale, shoppers, random)
        .react(arms.query(), new SearchPage("q", "", -1, page), Traffic.START).stream()
            .filter(event -> event.getActionName().equals("click"))
            .toList();
  }

  /** Clicks a search that are lost when each query is given the arm with the best mean. */
  private double lost(Means means) {
    double lost = 0;
    for (int query = 0; query < table.queries().size(); query++) {
      QueryArms arms = table.queries().get(query);
      double best =
          arms.available().stream().mapToDouble(arm -> worth(arms, arm)).max().orElseThrow();
      lost += zipf.share(query) * (best - worth(arms, means.best(query, arms)));
    }
    return lost;
  }

  private double worth(QueryArms arms, int arm) {
    return clicks.of(arms.query(), arms.pages().get(arm));
  }

  /** Sums and counts by query and arm. */
  private static final class Means {
    private final Map<Integer, Map<Integer, double[]>> sums = new HashMap<>();

    void add(int query, int arm, double earned) {
      double[] own =
          sums.computeIfAbsent(query, q -> new HashMap<>())
              .computeIfAbsent(arm, a -> new double[2]);
      own[0] += earned;
      own[1]++;
    }

    /** The query as typed while nothing speaks for another. */
    int best(int query, QueryArms arms) {
      Map<Integer, double[]> own = sums.getOrDefault(query, Map.of());
      int best = 0;
      for (int arm : arms.available()) {
        best = mean(own.get(arm)) > mean(own.get(best)) ? arm : best;
      }
      return best;
    }

    private static double mean(double @Nullable [] sums) {
      return sums == null ? 0 : sums[0] / sums[1];
    }
  }
}
