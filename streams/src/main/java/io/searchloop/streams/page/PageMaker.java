package io.searchloop.streams.page;

import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedQuery;
import io.searchloop.search.query.ServedQuery;
import io.searchloop.streams.decision.Choice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Retrieves what was decided. The decision then says which products were shown and, if asked, where
 * each stood in the list of the query without a rewrite, so that a purchase that list would have
 * missed can be rewarded.
 *
 * <p>That list is as long as the page: what the shopper would have seen instead. It costs a second
 * retrieval only when the query was rewritten to something else. Any thread.
 */
public final class PageMaker {
  private final boolean logQueryRanks;
  private final PageMerger merger;

  /**
   * @param logQueryRanks whether rewritten pages are worth a second retrieval
   * @param merger makes pages of several lists
   */
  public PageMaker(boolean logQueryRanks, PageMerger merger) {
    this.logQueryRanks = logQueryRanks;
    this.merger = merger;
  }

  /**
   * Makes a page.
   *
   * @param query of the choice, as it is searched
   * @param limit most products on it
   */
  public ShownPage make(Choice choice, SearchEngine engine, ServedQuery query, int limit) {
    Retrieval retrieval = new Retrieval(engine, query, limit);
    Optional<ShownPage> merged =
        choice instanceof Choice.Merge merge ? merger.merge(merge, retrieval) : Optional.empty();
    return merged.orElseGet(() -> oneList(choice.oneList(), retrieval));
  }

  private ShownPage oneList(Choice.OneList choice, Retrieval retrieval) {
    SearchResults found = retrieval.with(choice.rewrite());
    List<String> page = found.productIds();
    Decision decision =
        Decision.newBuilder(choice.decision())
            .setPage(page)
            .setQueryRanks(Packed.ints(queryRanks(page, choice.rewrite(), retrieval)))
            .build();
    return new ShownPage(decision, choice.rewrite(), found.hits(), found.totalHits());
  }

  /**
   * Rank from one of each product for the query without a rewrite, 0 when absent; empty when
   * unknown.
   */
  private int[] queryRanks(List<String> page, Optional<String> rewrite, Retrieval retrieval) {
    if (rewrite.isEmpty() || repeats(rewrite.get(), retrieval.query().fused())) {
      return ranks(page, page);
    }
    return logQueryRanks && !page.isEmpty()
        ? ranks(page, retrieval.unrewritten().productIds())
        : new int[0];
  }

  /**
   * Whether a rewrite finds what is found without it, because it repeats the query, or a correction
   * that weighs as much already (see {@code Fusion}).
   */
  private static boolean repeats(String rewrite, FusedQuery query) {
    FusionWeights weights = query.weights();
    return same(rewrite, query.typed())
        || (weights.rewrite() <= weights.correction() && same(rewrite, query.corrected()));
  }

  private static boolean same(String text, String other) {
    return QueryText.normalise(text).equals(QueryText.normalise(other));
  }

  private static int[] ranks(List<String> page, List<String> list) {
    Map<String, Integer> ranks = new HashMap<>();
    for (int place = 0; place < list.size(); place++) {
      ranks.putIfAbsent(list.get(place), place + 1);
    }
    return page.stream().mapToInt(product -> ranks.getOrDefault(product, 0)).toArray();
  }
}
