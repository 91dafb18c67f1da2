package io.searchloop.app.study.bandit;

import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.Vocabulary.Word;
import java.util.List;
import java.util.Locale;

/** Kinds of query that a worker can tell before it chooses an arm. */
enum QueryKind {
  /** A word of it is in no product. */
  UNKNOWN_WORD,
  /** It finds fewer than a hundred products as typed. */
  FEW_RESULTS,
  /** One or two words. */
  SHORT,
  /** All others. */
  OTHER;

  private static final long FEW = 100;
  private static final int SHORT_WORDS = 2;

  static QueryKind of(String query, LuceneSearchEngine engine) {
    List<Word> words = engine.vocabulary().words(query);
    if (words.stream().anyMatch(word -> !engine.vocabulary().contains(word.text()))) {
      return UNKNOWN_WORD;
    }
    if (engine.count(SearchQuery.identity(query)) < FEW) {
      return FEW_RESULTS;
    }
    return words.size() <= SHORT_WORDS ? SHORT : OTHER;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
