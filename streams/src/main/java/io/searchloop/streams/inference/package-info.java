/**
 * Turns a prompt into rollouts with ONNX Runtime, and keeps the log-probabilities of exactly the
 * sampler that drew them: learning corrects by them, so a wrong one biases every later policy.
 *
 * <pre>
 *   prompt --> prefill (batch 1) --> cache copied to N rows --> step, step, ... --> N rollouts
 *                                                            OnnxPolicy runs, RewriteSampler draws
 * </pre>
 *
 * <p>{@link io.searchloop.streams.inference.RewriteSampler} is the entry; {@link
 * io.searchloop.streams.inference.OnnxPolicy} is the only class that knows the runtime's session.
 * No thread of its own: callers bring theirs, and each keeps its direct buffers.
 */
@NullMarked
package io.searchloop.streams.inference;

import org.jspecify.annotations.NullMarked;
