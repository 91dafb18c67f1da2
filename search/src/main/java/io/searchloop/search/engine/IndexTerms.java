package io.searchloop.search.engine;

import java.util.List;

/**
 * How texts look to the index: the stemmed terms that searches compare, and how common they are.
 * What an expansion needs to know, and nothing of Lucene. Safe for concurrent use while the engine
 * it came from is open.
 */
public interface IndexTerms {

  /** Terms of a text in order, repetitions kept. */
  List<String> of(String text);

  /** Terms of all searchable text of a product, in order, repetitions kept. */
  List<String> of(Product product);

  /**
   * Share of the products that have a term, 0 to 1.
   *
   * @throws IllegalStateException when the engine is closed
   */
  double share(String term);
}
