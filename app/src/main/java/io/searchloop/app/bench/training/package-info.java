/**
 * What a training step costs beside the arithmetic that it cannot do without, and whether the
 * trainer survives being killed.
 *
 * <pre>
 *   {@link io.searchloop.app.bench.training.TrainerBench} --> {@link io.searchloop.app.bench.training.SizedTrainer} on a {@link io.searchloop.app.bench.training.TrainerWorkload}, beside {@link io.searchloop.app.bench.training.ArithmeticRate}
 *   {@link io.searchloop.app.bench.training.TrainerHaltsBench} -- kill -9 --> {@link io.searchloop.app.bench.training.HaltedTrainerMain}, then the log of releases
 * </pre>
 *
 * <p>The two benches are the entries, each run by one thread.
 */
@NullMarked
package io.searchloop.app.bench.training;

import org.jspecify.annotations.NullMarked;
