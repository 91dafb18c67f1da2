/**
 * What an event must be, told once for every door: HTTP, Kafka, files and the producer library.
 *
 * <pre>
 *   JSON --EventReader: names and types--> SearchEvent --DoorRules: what a storefront must send--+
 *                                                                                               v
 *   Avro from Kafka -----------------------------------------------> EventRules: what can be attributed
 * </pre>
 *
 * <p>{@link io.searchloop.schemas.event.EventReader} is the entry. What a door lets in the reward
 * job can use. Stateless; any thread.
 */
@NullMarked
package io.searchloop.schemas.event;

import org.jspecify.annotations.NullMarked;
