package io.searchloop.jobs.engine;

import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.relevance.RelevanceModel;

/**
 * What answers the job's questions. Each subtask opens its own through the factory it was given; a
 * factory that hands out a shared one gives it a {@code close} that leaves it open.
 *
 * <p>Both are asked by several threads at once.
 */
public interface SearchBackend extends AutoCloseable {

  /** Finds products; the engine that serves, or its equal. */
  SearchEngine engine();

  /** Judges what was found. */
  RelevanceModel relevance();

  @Override
  void close();
}
