/**
 * The search module against real shopper queries and judgments.
 *
 * <pre>
 *   HomeDepot (files, when present) --> LuceneSearchEngine, arms --> RankingMetrics
 * </pre>
 *
 * <p>{@link io.searchloop.search.HomeDepotBaselineIT} is the entry; it runs on the test thread.
 */
@NullMarked
package io.searchloop.search;

import org.jspecify.annotations.NullMarked;
