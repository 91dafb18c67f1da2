/**
 * Events in files and streams: checked line by line by the rules of {@code /v1/events}, then sent.
 *
 * <pre>
 *   bytes --EventLines--> lines --EventCheck: adapter, EventReader--> CheckedLine
 *                                        |                               |
 *                                  CheckReport: counts by reason      an outlet: Kafka or HTTP
 * </pre>
 *
 * <p>{@link io.searchloop.app.events.EventCheck} is the entry. One thread.
 */
@NullMarked
package io.searchloop.app.events;

import org.jspecify.annotations.NullMarked;
