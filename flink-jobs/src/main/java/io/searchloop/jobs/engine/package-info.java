/**
 * Rewards rewrites that no shopper saw by asking the search engine.
 *
 * <pre>
 *   decisions -- ReceiveDecisions -- ScoreRollouts (ordered async I/O) -- by query id -- RouteOutcomes --+-- rewards
 *                 |                    |                                                  |              |
 *                 |                    +- EngineCalls: threads, timeout, retry, breaker   +- dead letters
 *                 +- marks -------------------------------------------------- marks ------+-- LedgerOperator -- ledger
 * </pre>
 *
 * <p>{@link io.searchloop.jobs.engine.EngineRewardJob} is the diagram in code. Searches run on the
 * threads of {@link io.searchloop.jobs.engine.EngineCalls}; everything else on Flink's task
 * threads.
 */
@NullMarked
package io.searchloop.jobs.engine;

import org.jspecify.annotations.NullMarked;
