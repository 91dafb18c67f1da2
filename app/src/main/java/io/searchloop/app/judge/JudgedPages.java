package io.searchloop.app.judge;

import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.query.FusedQuery;
import io.searchloop.search.query.FusedSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Searches as it is served, typed text, spelling checker and rewrites in one, and asks a judge what
 * the first page is worth. Borrows engine and judge. Any thread, several at once.
 */
public final class JudgedPages {
  /** Products of a page. */
  static final int SHOWN = 10;

  private final SearchEngine engine;
  private final FusedSearch search;
  private final Judge judge;

  public JudgedPages(SearchEngine engine, FusedSearch search, Judge judge) {
    this.engine = engine;
    this.search = search;
    this.judge = judge;
  }

  /**
   * Terms of each set of rewrites, in order; empty where the judge could not tell.
   *
   * @param query as typed
   * @param rewrites a set for each page; an empty one is the page without a rewrite
   */
  public List<Optional<JudgeTerms>> terms(String query, List<List<String>> rewrites) {
    FusedQuery fused = search.of(query);
    Page before = page(fused, List.of());
    List<Page> pages =
        rewrites.stream().map(set -> set.isEmpty() ? before : page(fused, set)).toList();
    List<Optional<Opinion>> opinions = judge.judge(query, pages);
    List<Optional<JudgeTerms>> terms = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      double diversity = pages.get(i).newBeside(before);
      terms.add(
          opinions
              .get(i)
              .map(found -> new JudgeTerms(found.relevance(), diversity, found.engagement())));
    }
    return terms;
  }

  private Page page(FusedQuery fused, List<String> rewrites) {
    return new Page(engine.search(fused.with(rewrites), SHOWN).productIds());
  }
}
