/**
 * Retrieval by an OpenSearch that a shop already has: docs/opensearch.md, ADR 0059.
 *
 * <pre>
 *   catalogue epoch --bulk--&gt; index NAME-EPOCH-CONTENT --all there--&gt; alias NAME moves; older ones go
 *   SearchQuery --&gt; CatalogueTerms (the same fusion) --&gt; one weighted query --HTTP--&gt; SearchResults
 *                     +-- too late, 429, 5xx: again; too often: left alone for a while
 *   an index of somebody else (read-only): its fields with boosts, its analysis
 * </pre>
 *
 * <p>{@link io.searchloop.search.opensearch.OpenSearchEngine} is the entry. Calls run on their
 * caller's thread; the HTTP client owns threads of its own.
 */
@NullMarked
package io.searchloop.search.opensearch;

import org.jspecify.annotations.NullMarked;
