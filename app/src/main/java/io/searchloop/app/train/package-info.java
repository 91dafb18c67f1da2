/**
 * {@code ./searchloop train}: a policy from a catalogue and its past queries, without shoppers.
 *
 * <pre>
 *   dataset --TrainRun--> warm start --> engine-feedback GRPO --> gate --> policy directory + report
 *                              |               |
 *                       TrainingText     EngineSide (Lucene, relevance), JudgedValidation
 * </pre>
 *
 * Entry: {@link io.searchloop.app.train.TrainRun}. Thread owner: the thread that runs the command.
 */
@NullMarked
package io.searchloop.app.train;

import org.jspecify.annotations.NullMarked;
