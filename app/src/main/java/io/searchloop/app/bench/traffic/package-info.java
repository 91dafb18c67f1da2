/**
 * Shoppers as fast as a benchmark wants them: decisions and events of a seeded script.
 *
 * <pre>
 *   {@link io.searchloop.app.bench.traffic.TrafficShape} -- {@link io.searchloop.app.bench.traffic.Traffic} --> {@link io.searchloop.app.bench.traffic.BacklogWriter} --> topics, once
 *                                       {@link io.searchloop.app.bench.traffic.PacedTraffic}  --> topics, live
 * </pre>
 *
 * <p>The same seed makes the same records. Each object is used by one thread; paced traffic has one
 * of its own.
 */
@NullMarked
package io.searchloop.app.bench.traffic;

import org.jspecify.annotations.NullMarked;
