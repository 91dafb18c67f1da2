/**
 * Counted leases on things that must not be closed while somebody uses them: an ONNX Runtime
 * session that is closed during a run takes the whole process down.
 *
 * <pre>
 *   owner: new -------------------------------- retire()
 *   users:      acquire() .. close()   acquire() ....... close() --> resource closed, once
 * </pre>
 *
 * <p>{@link io.searchloop.streams.lease.CountedResource} is the entry. It owns no thread: whoever
 * gives back the last lease closes the resource.
 */
@NullMarked
package io.searchloop.streams.lease;

import org.jspecify.annotations.NullMarked;
