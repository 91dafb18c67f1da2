package io.searchloop.search.engine;

/**
 * What finds the products of an epoch. The index in this process is made in any case: spelling,
 * suggestions and titles come from it.
 */
@FunctionalInterface
public interface RetrievalChoice {
  /** The index finds them itself. */
  RetrievalChoice IN_PROCESS = index -> index;

  /**
   * What finds an epoch's products; owns the index.
   *
   * @throws RuntimeException when an engine elsewhere cannot take the epoch; it may be asked again
   */
  SearchEngine over(LuceneSearchEngine index);
}
