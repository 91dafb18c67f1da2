package io.searchloop.streams.heads;

import java.util.List;
import java.util.Optional;

/** Answers which queries are asked most. */
@FunctionalInterface
public interface HeadQueries {
  /** The most frequent queries, most frequent first; empty while the counts cannot be read. */
  Optional<List<HeadQuery>> top(int limit);
}
