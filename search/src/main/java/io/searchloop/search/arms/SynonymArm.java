package io.searchloop.search.arms;

import io.searchloop.search.engine.BooleanForm;
import io.searchloop.search.engine.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds other words for what the query says, by a dictionary: for a union as one text that ends in
 * the alternatives, for an engine that filters in boolean form, {@code ((ps 4 OR playstation 4) AND
 * games)}. The longest phrase that the dictionary knows wins. Safe for concurrent use.
 */
public final class SynonymArm implements RewriteArm {
  private static final int LONGEST_PHRASE = 4;

  private final Vocabulary vocabulary;
  private final SynonymDictionary dictionary;

  /**
   * @param vocabulary cuts queries into words; while its engine is open
   */
  public SynonymArm(Vocabulary vocabulary, SynonymDictionary dictionary) {
    this.vocabulary = vocabulary;
    this.dictionary = dictionary;
  }

  @Override
  public String name() {
    return "synonyms";
  }

  /** The query, then every alternative of its parts. */
  @Override
  public String rewrite(String query) {
    StringBuilder rewrite = new StringBuilder(query);
    for (List<String> group : groups(query)) {
      group.stream().skip(1).forEach(other -> rewrite.append(' ').append(other));
    }
    return rewrite.toString();
  }

  /** One group for each word, or for each phrase that has alternatives, in the query's order. */
  public BooleanForm booleanForm(String query) {
    return new BooleanForm(groups(query));
  }

  private List<List<String>> groups(String query) {
    List<String> words = vocabulary.words(query).stream().map(Vocabulary.Word::text).toList();
    List<List<String>> groups = new ArrayList<>();
    int from = 0;
    while (from < words.size()) {
      int to = Math.min(words.size(), from + LONGEST_PHRASE);
      while (to > from + 1 && dictionary.of(String.join(" ", words.subList(from, to))).isEmpty()) {
        to--;
      }
      String phrase = String.join(" ", words.subList(from, to));
      List<String> group = new ArrayList<>(List.of(phrase));
      group.addAll(dictionary.of(phrase));
      groups.add(group);
      from = to;
    }
    return groups;
  }
}
