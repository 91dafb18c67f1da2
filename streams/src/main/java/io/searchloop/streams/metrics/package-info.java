/**
 * What a worker counts, under the names that dashboards and alerts use.
 *
 * <pre>
 *   activation, feeds, decisions, signals, HTTP --> ServingMetrics --> GET /metrics, worker status
 * </pre>
 *
 * <p>{@link io.searchloop.streams.metrics.ServingMetrics} is the entry; safe for any thread, owns
 * none.
 */
@NullMarked
package io.searchloop.streams.metrics;

import org.jspecify.annotations.NullMarked;
