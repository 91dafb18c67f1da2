/**
 * How good results are, by human judgment, and whether a difference is more than luck.
 *
 * <pre>
 *   ranking + judgments --> RankingMetrics --> one number a query --> PairedBootstrap --> Interval
 *   outcomes of two arms (different visitors)                     --> Welch           --> Interval
 *   ranking --> TrecRun (for trec_eval)
 *   queries --> QueryClusters (near duplicates, for splits)
 * </pre>
 *
 * <p>{@link io.searchloop.search.evaluation.RankingMetrics} is the entry. Pure functions on the
 * caller's thread; randomness is passed in.
 */
@NullMarked
package io.searchloop.search.evaluation;

import org.jspecify.annotations.NullMarked;
