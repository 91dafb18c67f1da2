/**
 * Takes decisions about releases from operators who speak HTTP.
 *
 * <pre>
 *   RollbackOrder --> ControlDesk --append, no transaction--> policy.control.v1
 *                         ^                                        |
 *                         +---- verdict <-- Activator: fold <------+
 * </pre>
 *
 * <p>{@link io.searchloop.streams.control.ControlDesk} is the entry. It owns no thread: request
 * threads ask, the producer's thread says what was stored, the policy feed's what became of it;
 * what the loop overtook is asked again on the JVM's common pool.
 */
@NullMarked
package io.searchloop.streams.control;

import org.jspecify.annotations.NullMarked;
