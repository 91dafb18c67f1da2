package io.searchloop.jobs.engine;

import io.searchloop.learning.reward.engine.EngineGroup;
import io.searchloop.learning.reward.engine.RetrievedRewrite;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.query.ServedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the engine for everything a decision's rewards rest on: one search for the query without a
 * rewrite, one for each distinct valid rewrite, and the relevance of all that was found. An invalid
 * rewrite is not searched, nor is one that a rule of the shop refuses: it would be served as
 * identity.
 *
 * <p>Any thread, several at once.
 */
final class RetrieveGroup {
  private final SearchBackend backend;
  private final EngineRewardConfig config;

  RetrieveGroup(SearchBackend backend, EngineRewardConfig config) {
    this.backend = backend;
    this.config = config;
  }

  /**
   * What was found.
   *
   * @param group the lists and their relevance; a rewrite for each candidate but identity, in order
   * @param catalogueEpoch epoch of the catalogue that was searched
   */
  record Retrieved(EngineGroup group, long catalogueEpoch) {}

  /** Searches on the calling thread; throws what the engine throws. */
  Retrieved retrieve(Decision decision) {
    ServedQuery query = DecidedQuery.of(decision, config.combination());
    SearchResults identity = search(query.unrewritten());
    Map<String, List<String>> found = new HashMap<>();
    List<RetrievedRewrite> rewrites = new ArrayList<>();
    for (Candidate candidate : decision.getCandidates()) {
      if (!EngineTuples.isIdentity(candidate, decision)) {
        boolean searched = candidate.getValid() && candidate.getRefusedBy().isEmpty();
        List<String> products =
            searched
                ? found.computeIfAbsent(
                    candidate.getRewrite(),
                    rewrite -> search(query.with(List.of(rewrite))).productIds())
                : List.of();
        int tokens = candidate.getTokenIds().remaining() / Integer.BYTES;
        rewrites.add(new RetrievedRewrite(searched, tokens, products));
      }
    }
    RetrievedRewrite unchanged = RetrievedRewrite.identity(identity.productIds());
    return new Retrieved(
        new EngineGroup(unchanged, rewrites, relevance(query.typed(), unchanged, rewrites)),
        identity.epoch());
  }

  private Map<String, Double> relevance(
      String typed, RetrievedRewrite identity, List<RetrievedRewrite> rewrites) {
    Set<String> distinct = new LinkedHashSet<>(identity.products());
    rewrites.forEach(rewrite -> distinct.addAll(rewrite.products()));
    List<String> products = List.copyOf(distinct);
    double[] shares = backend.relevance().relevance(typed, products);
    Map<String, Double> relevance = new HashMap<>();
    for (int i = 0; i < shares.length; i++) {
      relevance.put(products.get(i), shares[i]);
    }
    return relevance;
  }

  private SearchResults search(SearchQuery query) {
    return backend.engine().search(query, config.depth());
  }
}
