/**
 * What an optimiser step minimises: pure functions from log-probabilities and rewards to a scalar.
 *
 * <pre>
 *   ResponseScores, advantages -> LossInputs         -> ClippedPolicyLoss, CorrectionLoss -> LossOutputs
 *   pairs of responses         -> PreferenceInputs   -> PreferenceLoss                    -> LossOutputs
 *   partial orders             -> PartialOrderInputs -> PartialOrderLoss                  -> LossOutputs
 *   two whole distributions    -> DistillationInputs -> DistillationLoss                  -> LossOutputs
 * </pre>
 *
 * <p>Enter at {@link io.searchloop.trainer.loss.ClippedPolicyLoss}; {@link
 * io.searchloop.trainer.loss.UpdateStep} alone joins losses with networks and an optimiser. Nothing
 * here knows an algorithm's data source or a clock; advantages arrive computed. Notation as in the
 * learning specification: l is a log-probability; theta the policy that learns, prox its weights at
 * the start of the step, b the behaviour policy that sampled, ref the frozen reference. Shapes: B
 * sequences, R response tokens, P pairs. Thread owner: the trainer thread; tensors belong to the
 * caller's {@code PointerScope}.
 */
@NullMarked
package io.searchloop.trainer.loss;

import org.jspecify.annotations.NullMarked;
