package io.searchloop.search.arms;

import io.searchloop.search.engine.Vocabulary;
import io.searchloop.search.engine.Vocabulary.Word;

/**
 * Replaces words that no product uses by the most similar word that one does: the baseline a
 * learned rewrite must beat. It never touches a word of the catalogue, so brands such as
 * "biotanicals" survive; selling a new brand is enough to stop it from being "corrected".
 *
 * <p>Everything between the words (blanks, punctuation) stays as typed. Safe for concurrent use.
 */
public final class SpellingArm implements RewriteArm {
  private final Vocabulary vocabulary;

  /** An arm that knows the words of one catalogue epoch. */
  public SpellingArm(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public String name() {
    return "spelling";
  }

  @Override
  public String rewrite(String query) {
    StringBuilder rewrite = new StringBuilder();
    int copied = 0;
    for (Word word : vocabulary.words(query)) {
      String replacement =
          vocabulary
              .closest(word.text())
              .orElseGet(() -> query.substring(word.start(), word.end()));
      rewrite.append(query, copied, word.start()).append(replacement);
      copied = word.end();
    }
    return rewrite.append(query, copied, query.length()).toString();
  }
}
