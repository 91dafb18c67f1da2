/**
 * Events to minibatches, on Flink. Four jobs, each one short class whose {@code build} reads as its
 * diagram:
 *
 * <pre>
 *   decisions, events -- {@link io.searchloop.jobs.attribution.RewardJob} ------> rewards, dead letters, ledger
 *   decisions --------- {@link io.searchloop.jobs.engine.EngineRewardJob} ---------> rewards, dead letters, ledger
 *   rewards ------------ {@link io.searchloop.jobs.assembly.MinibatchJob} -----> minibatches
 *   releases, control -- {@link io.searchloop.jobs.health.PolicyHealthJob} --> control
 * </pre>
 *
 * <p>Sources and sinks are injected; only {@code jobs.io} knows Kafka. Operators run on Flink's
 * task threads, one each, and share nothing.
 */
@NullMarked
package io.searchloop.jobs;

import org.jspecify.annotations.NullMarked;
