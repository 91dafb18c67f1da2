/**
 * What attribution costs, and whether it survives being killed. Everything runs on one machine and
 * on real parts: this process holds broker and registry, Flink runs in processes of its own, so
 * that the CPU of a job can be told from the CPU of the broker, and a kill is a kill.
 *
 * <pre>
 *   {@link io.searchloop.app.bench.Traffic} -- {@link io.searchloop.app.bench.BacklogWriter} --> topics, once
 *   {@link io.searchloop.app.bench.AttributionBench} -- orders --> {@link io.searchloop.app.bench.MeasuredFlinkMain}, one JVM a contender
 *                    {@code <- figures --}   reads the backlog with {@link io.searchloop.app.bench.PassThroughJob} or RewardJob
 *
 *   {@link io.searchloop.app.bench.PacedTraffic} -- live --> topics
 *   {@link io.searchloop.app.bench.HaltsBench} -- kill -9 --> {@link io.searchloop.app.bench.HaltedFlinkMain}, then the audit
 * </pre>
 *
 * <p>Entries: {@link io.searchloop.app.bench.AttributionBench} and {@link
 * io.searchloop.app.bench.HaltsBench}, each run by one thread.
 */
@NullMarked
package io.searchloop.app.bench;

import org.jspecify.annotations.NullMarked;
