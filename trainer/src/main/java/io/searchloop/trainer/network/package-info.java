/**
 * The policy as a network: a small Llama-shaped decoder on libtorch, and the log-probabilities it
 * gives to rewrites.
 *
 * <pre>
 *   prompts, responses -> SequenceBatch -> PolicyNetwork.hidden -> rows that predict a response token
 *                                       -> logits / temperature, grammar mask -> ResponseScores
 * </pre>
 *
 * <p>Enter at {@link io.searchloop.trainer.network.PolicyNetwork}, then {@link
 * io.searchloop.trainer.network.ResponseScorer}. Everything here belongs to the one trainer thread.
 *
 * <p><b>Native memory.</b> Whatever a method returns lives in the caller's innermost {@code
 * PointerScope}: open one per optimiser step and read scalars before it closes. Only objects that
 * are {@link java.lang.AutoCloseable} keep native memory beyond it.
 */
@NullMarked
package io.searchloop.trainer.network;

import org.jspecify.annotations.NullMarked;
