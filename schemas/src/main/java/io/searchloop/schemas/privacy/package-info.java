/**
 * Keeps the names by which shops know their visitors out of Searchloop: whatever enters carries a
 * keyed hash instead.
 *
 * <pre>
 *   file of keys -- PseudonymFile --> {@link io.searchloop.schemas.privacy.Pseudonyms}
 *   client_id, session_id -- Pseudonyms, at the door --> decisions, events, dead letters
 * </pre>
 *
 * <p>Immutable; any thread. Why at the doors: docs/adr/0064.
 */
@NullMarked
package io.searchloop.schemas.privacy;

import org.jspecify.annotations.NullMarked;
