/**
 * Turns a prompt into rollouts with ONNX Runtime, and keeps the log-probabilities of exactly the
 * sampler that drew them: learning corrects by them, so a wrong one biases every later policy.
 *
 * <pre>
 *   request --> MicroBatcher: lead, or wait to be admitted at a token boundary
 *                  RowBatch: prompts in one pass --> caches copied to N rows each
 *                            step, step, ...     --> each request draws from its own random stream
 *                  rows that ended leave; late requests leave; the last closes the batch
 * </pre>
 *
 * <p>{@link io.searchloop.streams.inference.RewriteSampler} is the entry; {@link
 * io.searchloop.streams.inference.OnnxPolicy} is the only class that knows the runtime's session.
 * Graphs of releases before decode alone, in {@code EvenDecoding} (docs/adr/0034).
 *
 * <p>No thread of its own: a batch belongs to the thread of the request that leads it, which hands
 * it on when its own answers are ready. Direct memory is pooled and outlives policies.
 */
@NullMarked
package io.searchloop.streams.inference;

import org.jspecify.annotations.NullMarked;
