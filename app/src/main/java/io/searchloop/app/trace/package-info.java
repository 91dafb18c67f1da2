/**
 * Follows one search through the topics, back to what its policy was trained on and on to what was
 * learned from it.
 *
 * <pre>
 *   query id --> decision --version--> release --provenance--> minibatches it was trained on
 *                   |--query id--> events
 *                   |--query id--> tuples (base, corrections)
 *                   +--rollout ids--> minibatches --offsets--> releases that learned from them
 * </pre>
 *
 * <p>{@link io.searchloop.app.trace.QueryTracer} is the entry. One thread.
 */
@NullMarked
package io.searchloop.app.trace;

import org.jspecify.annotations.NullMarked;
