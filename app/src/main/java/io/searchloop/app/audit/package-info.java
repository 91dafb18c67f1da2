/**
 * The proof that nothing is lost and nothing counts twice, on a live or a stopped loop.
 *
 * <pre>
 *   ledger -> newest checkpoint -> raw log up to its offsets -> batch oracle -> compared with tuples
 *   dead letters -> late records -> compared with the watermarks that refused them
 *   ledger, decisions -> engine-only searches -> one tuple for each candidate, or a dead letter
 *   releases -> minibatch ranges -> compared with the minibatch topic and the committed offset
 * </pre>
 *
 * Entry: {@link io.searchloop.app.audit.Audit}. Reads topics only; one thread.
 */
@NullMarked
package io.searchloop.app.audit;

import org.jspecify.annotations.NullMarked;
