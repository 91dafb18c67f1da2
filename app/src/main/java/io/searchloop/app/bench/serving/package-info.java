/**
 * What a worker makes of searches: how many a second beside the model alone, what a swap does to
 * those under way, and how long a rollback takes to reach every worker.
 *
 * <pre>
 *   {@link io.searchloop.app.bench.serving.ServingBench}  -- {@link io.searchloop.app.bench.serving.ClosedLoop} --> {@link io.searchloop.app.bench.serving.WorkerProcess}: next search when one is answered
 *   {@link io.searchloop.app.bench.serving.SwapBench}     -- {@link io.searchloop.app.bench.serving.OpenLoop}   --> {@link io.searchloop.app.bench.serving.WorkerProcess}: searches that do not wait
 *   {@link io.searchloop.app.bench.serving.RollbackBench} -- a decision --> several workers
 * </pre>
 *
 * <p>The three benches are the entries, each run by one thread; broker and registry are in this
 * process, workers in processes of their own.
 */
@NullMarked
package io.searchloop.app.bench.serving;

import org.jspecify.annotations.NullMarked;
