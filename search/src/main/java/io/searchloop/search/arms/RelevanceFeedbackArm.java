package io.searchloop.search.arms;

import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.IndexTerms;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.engine.TermWeights;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pseudo relevance feedback: believes that the first results are right and adds their commonest
 * words. RM3 (Abdul-Jaleel et al., "UMass at TREC 2004"; Lavrenko and Croft, SIGIR 2001) with the
 * settings that are usual over BM25:
 *
 * <pre>
 *   P(t|R) = sum over the first 10 results d of score(d) / sum of scores * tf(t,d) / |d|
 *   weight(t) = .5 * P(t|q) + .5 * P(t|R), for the query's terms and the 10 likeliest others
 * </pre>
 *
 * <p>Words that more than a tenth of the products use are never added. Example: a result [red,
 * sofa, velvet, sofa] alone has P(sofa|R) = .5; the query "sofa" then weighs it .5 + .25 = .75
 * before P(t|R) is normalised over the terms kept. A misspelt query is expanded with what its other
 * words find, which is why it is no remedy there. Safe for concurrent use while the engine is open.
 */
public final class RelevanceFeedbackArm {
  private static final int PRODUCTS = 10;
  private static final int TERMS = 10;
  private static final double QUERY_SHARE = .5;
  private static final double COMMON = .1;

  private final SearchEngine engine;
  private final IndexTerms terms;

  /**
   * @param engine searched once for each query
   * @param terms of the same engine
   */
  public RelevanceFeedbackArm(SearchEngine engine, IndexTerms terms) {
    this.engine = engine;
    this.terms = terms;
  }

  /** The query's terms alone when it finds nothing. */
  public TermWeights expand(String query) {
    List<String> typed = terms.of(query);
    Map<String, Double> weights = new LinkedHashMap<>();
    typed.forEach(term -> weights.merge(term, QUERY_SHARE / typed.size(), Double::sum));
    Map<String, Double> likely = likeliest(engine.search(SearchQuery.identity(query), PRODUCTS));
    double kept = likely.values().stream().mapToDouble(Double::doubleValue).sum();
    likely.forEach(
        (term, share) -> weights.merge(term, (1 - QUERY_SHARE) * share / kept, Double::sum));
    return new TermWeights(weights);
  }

  private Map<String, Double> likeliest(SearchResults results) {
    double scores = results.hits().stream().mapToDouble(Hit::score).sum();
    Map<String, Double> model = new HashMap<>();
    for (Hit hit : results.hits()) {
      Product product = engine.product(hit.productId()).orElseThrow();
      List<String> text = terms.of(product);
      double each = hit.score() / scores / text.size();
      text.forEach(term -> model.merge(term, each, Double::sum));
    }
    Map<String, Double> likeliest = new LinkedHashMap<>();
    model.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .filter(entry -> terms.share(entry.getKey()) <= COMMON)
        .limit(TERMS)
        .forEach(entry -> likeliest.put(entry.getKey(), entry.getValue()));
    return likeliest;
  }
}
