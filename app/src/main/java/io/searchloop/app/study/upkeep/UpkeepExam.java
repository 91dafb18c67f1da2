package io.searchloop.app.study.upkeep;

import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.relevance.QueryBootstrap;
import io.searchloop.app.relevance.ScoredProducts;
import io.searchloop.app.relevance.ScoredProducts.Scored;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks models about the pages of policies for queries that nobody learned from, and people whether
 * the models are right. Borrows the models. One thread.
 */
final class UpkeepExam {
  private static final long BOOTSTRAP = 1;

  private final List<JudgedQuery> queries;
  private final SimulatedLabels labels;
  private final RelevanceModel frozen;
  private final List<FoundProduct> begun;
  private final double[] frozenBegun;
  private final List<Set<String>> before;
  private final QueryBootstrap bootstrap;

  /**
   * @param queries with judgments
   * @param labels what people's judgments are worth to those that models learn from
   * @param frozen the model learned from the warm start's pages
   * @param pages the warm start's, in the order of the queries
   */
  UpkeepExam(
      List<JudgedQuery> queries,
      SimulatedLabels labels,
      RelevanceModel frozen,
      List<List<String>> pages) {
    this.queries = queries;
    this.labels = labels;
    this.frozen = frozen;
    this.before = pages.stream().map(Set::copyOf).toList();
    this.begun = found(pages);
    this.frozenBegun = scores(frozen, begun);
    this.bootstrap = new QueryBootstrap(queries.size(), BOOTSTRAP);
  }

  /** The warm start, whose pages the frozen model was learned from: it is the refreshed one too. */
  StageFigures start() {
    return figures(0, begun, frozenBegun, frozen);
  }

  /**
   * A policy after a stage.
   *
   * @param pages the policy's, in the order of the queries
   * @param refreshed the model learned from this policy's pages
   * @param rewarding the model that rewarded this stage
   */
  StageFigures after(
      int stage, List<List<String>> pages, RelevanceModel refreshed, RelevanceModel rewarding) {
    List<FoundProduct> found = found(pages);
    return figures(stage, found, scores(refreshed, found), rewarding);
  }

  private StageFigures figures(
      int stage, List<FoundProduct> found, double[] refreshed, RelevanceModel rewarding) {
    double[] frozenScores = scores(frozen, found);
    Map<ProductKind, AgreementFigures> agreement = new EnumMap<>(ProductKind.class);
    for (ProductKind kind : ProductKind.values()) {
      ScoredProducts old = scored(kind, found, frozenScores);
      ScoredProducts start = scored(kind.atStart(), begun, frozenBegun);
      if (hasBothKinds(old) && hasBothKinds(start)) {
        agreement.put(kind, agreement(start, old, scored(kind, found, refreshed)));
      }
    }
    PageRewards pageRewards = new PageRewards(queries.size());
    Map<ProductKind, RewardFigures> rewards = new EnumMap<>(ProductKind.class);
    double[] claims = scores(rewarding, found);
    double[] claimsBefore = scores(rewarding, begun);
    for (ProductKind kind : List.of(ProductKind.ALL, ProductKind.JUDGED)) {
      pageRewards
          .compare(kind, found, claims, begun, claimsBefore)
          .ifPresent(figures -> rewards.put(kind, figures));
    }
    double moved = found.stream().filter(FoundProduct::fresh).count() / (double) found.size();
    return new StageFigures(RewardArm.FROZEN, stage, moved, agreement, rewards);
  }

  private AgreementFigures agreement(
      ScoredProducts start, ScoredProducts old, ScoredProducts refreshed) {
    return new AgreementFigures(
        old.size(),
        old.relevant(),
        bootstrap.of(old::area),
        bootstrap.of(times -> old.area(times) - start.area(times)),
        bootstrap.of(refreshed::area),
        bootstrap.of(times -> refreshed.area(times) - old.area(times)),
        bootstrap.of(old::calibrationError),
        bootstrap.of(refreshed::calibrationError),
        bootstrap.of(times -> refreshed.calibrationError(times) - old.calibrationError(times)));
  }

  private static boolean hasBothKinds(ScoredProducts products) {
    return products.relevant() > 0 && products.relevant() < products.size();
  }

  private ScoredProducts scored(ProductKind kind, List<FoundProduct> found, double[] scores) {
    List<Scored> scored = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      FoundProduct product = found.get(i);
      if (kind.has(product)) {
        scored.add(new Scored(product.query(), scores[i], product.label(), product.relevant()));
      }
    }
    return new ScoredProducts(queries.size(), scored);
  }

  private List<FoundProduct> found(List<List<String>> pages) {
    List<FoundProduct> found = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      JudgedQuery query = queries.get(i);
      for (String id : pages.get(i)) {
        Double grade = query.grades().get(id);
        found.add(
            new FoundProduct(
                i,
                id,
                labels.expected(query, id),
                grade != null && labels.scale().isRelevant(grade),
                grade != null,
                !before.get(i).contains(id)));
      }
    }
    return found;
  }

  /** A model's scores of products, which are in the order of their queries. */
  private double[] scores(RelevanceModel model, List<FoundProduct> found) {
    double[] scores = new double[found.size()];
    int next = 0;
    while (next < found.size()) {
      int query = found.get(next).query();
      int begin = next;
      List<String> page = new ArrayList<>();
      for (; next < found.size() && found.get(next).query() == query; next++) {
        page.add(found.get(next).product());
      }
      double[] said = model.relevance(QueryText.normalise(queries.get(query).text()), page);
      System.arraycopy(said, 0, scores, begin, said.length);
    }
    return scores;
  }
}
