package io.searchloop.search.engine;

import io.searchloop.search.merging.Fusion;
import io.searchloop.search.merging.WeightedTerms;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A query as the terms that a catalogue's index compares, for engines that keep their index
 * elsewhere: whoever searches these terms at these weights ranks as {@link LuceneSearchEngine}
 * does. Any thread.
 */
public final class CatalogueTerms {
  private final CatalogueText text = new CatalogueText();

  /** Weight by term, typed terms first; empty when the query says nothing. */
  public Map<String, Double> weights(SearchQuery query) {
    return weights(text, query);
  }

  /**
   * The same by a word that has the term, in lower case, for an index that analyses otherwise.
   * Example: {@code shoes} in place of its term {@code shoe}.
   */
  public Map<String, Double> words(SearchQuery query) {
    Map<String, String> words = new HashMap<>();
    Stream.concat(Stream.of(query.typed()), query.additions().stream().map(WeightedText::text))
        .forEach(source -> note(source, words));
    Map<String, Double> weights = new LinkedHashMap<>();
    weights(query).forEach((term, weight) -> weights.put(words.getOrDefault(term, term), weight));
    return Collections.unmodifiableMap(weights);
  }

  /** All searchable text of a product. */
  public static String searchable(Product product) {
    return CatalogueText.searchable(product);
  }

  static Map<String, Double> weights(CatalogueText text, SearchQuery query) {
    List<String> typed = text.terms(query.typed());
    List<WeightedTerms> additions =
        query.additions().stream()
            .map(addition -> new WeightedTerms(text.terms(addition.text()), addition.weight()))
            .toList();
    return switch (query.combination()) {
      case UNION -> Fusion.union(typed, additions);
      case REPLACE -> Fusion.replace(typed, additions);
    };
  }

  private void note(String source, Map<String, String> words) {
    text.places(source)
        .forEach(
            place ->
                words.putIfAbsent(
                    place.text(),
                    source.substring(place.start(), place.end()).toLowerCase(Locale.ROOT)));
  }
}
