package io.searchloop.trainer.offline;

import io.searchloop.learning.reward.engine.Addends;
import io.searchloop.learning.reward.engine.EngineGroup;
import io.searchloop.learning.reward.engine.PricedGroup;
import io.searchloop.learning.reward.engine.RetrievedRewrite;
import io.searchloop.learning.reward.engine.RewardModel;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.query.ServedQuery;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The engine reward of learning.md, asked live: one search for the query without a rewrite, one for each
 * distinct valid answer, relevance of all that was found, then {@link RewardModel}. An invalid
 * answer is not searched. A set of rewrites is searched as one: R(Y) is the relevance of the list
 * that the shopper would see.
 *
 * <p>Borrows engine and model. Any thread, several at once.
 */
public final class EngineFeedback implements Feedback {
  private final SearchEngine engine;
  private final RelevanceModel relevance;
  private final RewardModel reward;
  private final ServedSearch search;
  private final int depth;

  /**
   * @param search how queries are searched in serving
   * @param depth results of each search that are looked at
   */
  public EngineFeedback(
      SearchEngine engine,
      RelevanceModel relevance,
      RewardModel reward,
      ServedSearch search,
      int depth) {
    this.engine = engine;
    this.relevance = relevance;
    this.reward = reward;
    this.search = search;
    this.depth = depth;
  }

  @Override
  public Scores score(String query, List<Proposal> proposals) {
    PricedGroup priced = reward.price(retrieve(query, proposals));
    return new Scores(
        priced.rewrites().stream().map(Addends::reward).toList(), priced.identity().reward());
  }

  private EngineGroup retrieve(String query, List<Proposal> proposals) {
    ServedQuery served = search.of(query);
    RetrievedRewrite identity = RetrievedRewrite.identity(found(served.unrewritten()));
    Map<List<String>, List<String>> known = new HashMap<>();
    List<RetrievedRewrite> rewrites = new ArrayList<>();
    for (Proposal proposal : proposals) {
      List<String> products =
          proposal.valid()
              ? known.computeIfAbsent(proposal.rewrites(), set -> found(served.with(set)))
              : List.of();
      rewrites.add(new RetrievedRewrite(proposal.valid(), proposal.tokens(), products));
    }
    return new EngineGroup(identity, rewrites, relevance(query, identity, rewrites));
  }

  private List<String> found(SearchQuery query) {
    return engine.search(query, depth).productIds();
  }

  private Map<String, Double> relevance(
      String query, RetrievedRewrite identity, List<RetrievedRewrite> rewrites) {
    Set<String> distinct = new LinkedHashSet<>(identity.products());
    rewrites.forEach(rewrite -> distinct.addAll(rewrite.products()));
    List<String> products = List.copyOf(distinct);
    double[] shares = relevance.relevance(query, products);
    Map<String, Double> byProduct = new HashMap<>();
    for (int i = 0; i < shares.length; i++) {
      byProduct.put(products.get(i), shares[i]);
    }
    return byProduct;
  }
}
