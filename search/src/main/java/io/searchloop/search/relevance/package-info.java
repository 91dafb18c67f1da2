/**
 * How well a product fits a query, whoever found it.
 *
 * <pre>
 *   query, product ids --> RelevanceModel --> f(q,d) in [0,1] of each
 * </pre>
 *
 * <p>{@link io.searchloop.search.relevance.RelevanceModel} is the entry; {@link
 * io.searchloop.search.relevance.Bm25Relevance} needs no training, and {@link
 * io.searchloop.search.relevance.CorrectedRelevance} lets it read past typing mistakes. Models own
 * no thread: any number of callers may ask at once.
 */
@NullMarked
package io.searchloop.search.relevance;

import org.jspecify.annotations.NullMarked;
