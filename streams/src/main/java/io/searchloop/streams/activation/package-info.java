/**
 * Makes the release that the control log names the one that serves, and keeps the old one if the
 * new one is not whole, not genuine or not able.
 *
 * <pre>
 *   policy.releases.v1, policy.control.v1 --> Activator: fold --> head's version
 *   policy.chunks.v1 --> PolicyLoader: assemble, verify hash, load, self-test, warm
 *                                 --> PolicySlot: swap; the old session closes with its last lease
 * </pre>
 *
 * <p>{@link io.searchloop.streams.activation.Activator} is the entry, owned by the policy feed's
 * thread. {@link io.searchloop.streams.activation.PolicySlot} is shared with request threads.
 */
@NullMarked
package io.searchloop.streams.activation;

import org.jspecify.annotations.NullMarked;
