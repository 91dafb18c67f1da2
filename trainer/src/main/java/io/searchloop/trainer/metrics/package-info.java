/**
 * What the trainer counts, under the names that dashboards and alerts use.
 *
 * <pre>
 *   Trainer --> TrainerMetrics --> MetricsServer: GET /metrics, GET /livez
 * </pre>
 *
 * <p>{@link io.searchloop.trainer.metrics.TrainerMetrics} is the entry; safe for any thread. {@link
 * io.searchloop.trainer.metrics.MetricsServer} owns one thread while it listens.
 */
@NullMarked
package io.searchloop.trainer.metrics;

import org.jspecify.annotations.NullMarked;
