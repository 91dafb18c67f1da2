/**
 * What the parts of the loop cost, and whether they survive being killed. Everything runs on one
 * machine and on real parts. Ratios and intervals are printed; only freshness and rollback, which
 * are promised in seconds, are held to a time.
 *
 * <pre>
 *   traffic --> attribution   Flink's jobs: cost beside a job that only passes records on; kills
 *   training --> publishing   the trainer: samples a second, kills; releases whole and as deltas
 *   serving                   workers: a search beside its own arithmetic, swaps, a rollback
 *   freshness                 how long a click takes until a policy that learned from it serves
 * </pre>
 *
 * <p>Here lies what they share: figures with intervals, processes to kill, and the {@link
 * io.searchloop.app.bench.BenchReport} that every one of them ends with. It knows none of them.
 */
@NullMarked
package io.searchloop.app.bench;

import org.jspecify.annotations.NullMarked;
