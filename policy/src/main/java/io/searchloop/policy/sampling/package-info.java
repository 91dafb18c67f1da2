/**
 * How a token is drawn and what its log-probability was. The same arithmetic as the trainer's
 * scorer, on plain arrays; no state, safe for any thread.
 */
@NullMarked
package io.searchloop.policy.sampling;

import org.jspecify.annotations.NullMarked;
