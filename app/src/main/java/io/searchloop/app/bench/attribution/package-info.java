/**
 * What attribution costs, and whether it survives being killed. This process holds broker and
 * registry; Flink runs in processes of its own, so that the CPU of a job can be told from the CPU
 * of the broker, and a kill is a kill.
 *
 * <pre>
 *   {@link io.searchloop.app.bench.attribution.AttributionBench} -- orders --> {@link io.searchloop.app.bench.attribution.MeasuredFlinkMain}, one JVM a contender
 *                    {@code <- figures --}   reads a backlog with {@link io.searchloop.app.bench.attribution.PassThroughJob} or RewardJob
 *
 *   {@link io.searchloop.app.bench.attribution.HaltsBench} -- kill -9 --> {@link io.searchloop.app.bench.attribution.HaltedFlinkMain}, then the audit
 * </pre>
 *
 * <p>The two benches are the entries, each run by one thread.
 */
@NullMarked
package io.searchloop.app.bench.attribution;

import org.jspecify.annotations.NullMarked;
