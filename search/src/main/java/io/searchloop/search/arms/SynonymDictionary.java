package io.searchloop.search.arms;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which words say the same. Immutable.
 *
 * @param alternatives other ways to say a word or phrase, by that phrase; lower case, single blanks
 */
public record SynonymDictionary(Map<String, List<String>> alternatives) {
  /** Knows nothing. */
  public static final SynonymDictionary EMPTY = new SynonymDictionary(Map.of());

  /** Copies the entries. */
  public SynonymDictionary {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    alternatives.forEach((phrase, others) -> copy.put(phrase, List.copyOf(others)));
    alternatives = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads the line format of Solr and Elasticsearch: {@code ps 4, playstation 4} makes each an
   * alternative of the others, {@code sofa => couch} one of the other only; a line that begins with
   * {@code #} is a comment.
   *
   * @throws IllegalArgumentException naming the line that says neither
   */
  public static SynonymDictionary parse(List<String> lines) {
    Map<String, List<String>> alternatives = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        List<String> sides = List.of(line.split("=>", 2));
        List<String> from = phrases(sides.get(0));
        List<String> to = phrases(sides.get(sides.size() - 1));
        if (from.isEmpty() || to.isEmpty() || (sides.size() == 1 && from.size() == 1)) {
          throw new IllegalArgumentException(
              "Synonyms line %d is \"%s\", expected `a, b` or `a => b`.".formatted(i + 1, line));
        }
        from.forEach(phrase -> add(alternatives, phrase, to));
      }
    }
    return new SynonymDictionary(alternatives);
  }

  /** Alternatives of a phrase; empty when none are known. */
  public List<String> of(String phrase) {
    return alternatives.getOrDefault(phrase, List.of());
  }

  private static void add(Map<String, List<String>> into, String phrase, List<String> others) {
    List<String> known = into.computeIfAbsent(phrase, p -> new ArrayList<>());
    others.stream()
        .filter(other -> !other.equals(phrase) && !known.contains(other))
        .forEach(known::add);
  }

  private static List<String> phrases(String side) {
    return List.of(side.split(",")).stream()
        .map(phrase -> phrase.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " "))
        .filter(phrase -> !phrase.isEmpty())
        .toList();
  }
}
