/**
 * Bounded runs of the loop's own jobs on prefixed topics: a real shop's past, or the loop's own
 * past with the dead letters that are usable now.
 *
 * <pre>
 *   events.jsonl.gz --{@link io.searchloop.app.replay.EventReplay}: searches reconstructed, labelled--+
 *                                                                                  +--> prefix + topics --RewardJob, MinibatchJob--> audit, report
 *   live topics, dead letters --{@link io.searchloop.app.replay.DeadLetterReplay}: judged anew--------+
 * </pre>
 *
 * <p>Entry: {@code EventReplay} and {@code DeadLetterReplay}; what both share is {@code
 * BoundedRun}. All of it runs on the caller's thread; the jobs run on Flink's.
 */
@NullMarked
package io.searchloop.app.replay;

import org.jspecify.annotations.NullMarked;
