/**
 * Who may release: Ed25519 signatures over the manifest bytes exactly as they are carried, a key to
 * sign with, and the keys that are trusted.
 *
 * <pre>
 *   keys init --> signing-key.pem (trainer) + trusted-keys (workers)
 *   manifest bytes --SigningKey--> ReleaseSignature --> release record --TrustedKeys--> trusted or not
 * </pre>
 *
 * Entry: {@link io.searchloop.policy.signing.TrustedKeys}. Immutable; any thread. See
 * docs/adr/0031.
 */
@NullMarked
package io.searchloop.policy.signing;

import org.jspecify.annotations.NullMarked;
