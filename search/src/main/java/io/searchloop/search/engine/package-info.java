/**
 * What the shop can find: one catalogue epoch, searched in process.
 *
 * <pre>
 *   Iterable&lt;Product&gt; --> LuceneSearchEngine.index --> in-memory index (stemmed text, plain words)
 *   SearchQuery --> analyse once --> Fusion (term weights) --> one BM25 query --> SearchResults
 * </pre>
 *
 * <p>{@link io.searchloop.search.engine.LuceneSearchEngine} is the entry. It owns no thread: a
 * search runs on its caller's, and any number of callers may search at once.
 */
@NullMarked
package io.searchloop.search.engine;

import org.jspecify.annotations.NullMarked;
