/**
 * Weights on their way out: judged as the workers will rebuild them, then published in one
 * transaction with the minibatch offsets they learned from.
 *
 * <pre>
 *   artifact --ReleasePacker--> keyframe or delta
 *            --ReleaseGate--> Accepted --PolicyPublisher--> policy.chunks.v1 + policy.releases.v1 (signed) + offsets
 *                       '---> Refused  --PolicyPublisher-->                    policy.releases.v1 + offsets
 *   policy.releases.v1 + policy.control.v1 --PolicyLog--> PolicyHistory (what may be trained from)
 *   policy.chunks.v1 --ReleasedArtifacts--> artifact (a checkpoint was lost)
 * </pre>
 *
 * Entry: {@link io.searchloop.trainer.publish.ReleaseGate}. Thread owner: the trainer thread.
 */
@NullMarked
package io.searchloop.trainer.publish;

import org.jspecify.annotations.NullMarked;
