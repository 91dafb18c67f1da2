/**
 * Says what the reward job must have emitted, from the raw log alone. It shares the job's
 * vocabulary and none of its logic: the job keeps state and timers per visitor, the oracle sorts
 * the whole history and reasons about intervals. Where both agree, nothing was lost and nothing
 * counted twice.
 *
 * <pre>
 *   {@link io.searchloop.learning.oracle.EventLog} (records, positions, watermark)
 *      -- {@link io.searchloop.learning.oracle.BatchOracle} --> {@link io.searchloop.learning.oracle.OracleReport} (tuples, counts per partition)
 *
 *   per visitor: sort -> class and search of each record -> prices in causal order -> tuples
 *                        (duplicates, trust, windows)      (weights, caps, credit)
 * </pre>
 *
 * <p>Written from docs/attribution.md, as the job is, and from nothing of the job.
 *
 * <p>Immutable in and out; any thread.
 */
@NullMarked
package io.searchloop.learning.oracle;

import org.jspecify.annotations.NullMarked;
