package io.searchloop.app.study.upkeep;

import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.evaluation.LearnedPolicy;
import io.searchloop.app.evaluation.PolicyLibrary;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.query.ServedQuery;
import io.searchloop.search.query.ServedSearch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What shoppers see under a policy: the first page of each query, searched as it is served with the
 * policy's greedy rewrite; an invalid one leaves the query as typed. Borrows the engine and
 * remembers how queries are corrected. One thread.
 */
final class PolicyPages {
  private final LuceneSearchEngine engine;
  private final ServedSearch search;
  private final int shown;
  private final Map<String, ServedQuery> served = new HashMap<>();

  /**
   * @param shown products of a page
   */
  PolicyPages(LuceneSearchEngine engine, ServedSearch search, int shown) {
    this.engine = engine;
    this.search = search;
    this.shown = shown;
  }

  /** Products of each query's page, best first, in the order of the queries. */
  List<List<String>> of(Path policy, List<JudgedQuery> queries) {
    try (PolicyLibrary library = new PolicyLibrary(engine, name -> Optional.empty())) {
      LearnedPolicy rewriter = library.policy(policy.toString());
      return queries.stream()
          .map(query -> page(QueryText.normalise(query.text()), rewriter))
          .toList();
    }
  }

  private List<String> page(String query, LearnedPolicy policy) {
    ServedQuery typed = served.computeIfAbsent(query, search::of);
    SearchQuery searched =
        policy
            .rewrite(query)
            .map(rewrite -> typed.with(List.of(rewrite)))
            .orElseGet(typed::unrewritten);
    return engine.search(searched, shown).productIds();
  }
}
