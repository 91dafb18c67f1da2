/**
 * Answers of an exported policy, drawn with the very arithmetic of the workers' sampler: for the
 * release gate, and to judge a warm start.
 *
 * <pre>
 *   prompts --PolicyDecoder (export.GraphDecoding, policy.sampling)--> Answer (tokens, log-probabilities)
 * </pre>
 *
 * Entry: {@link io.searchloop.trainer.sampling.PolicyDecoder}. Thread owner: the trainer thread.
 */
@NullMarked
package io.searchloop.trainer.sampling;

import org.jspecify.annotations.NullMarked;
