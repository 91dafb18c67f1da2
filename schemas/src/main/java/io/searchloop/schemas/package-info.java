/**
 * What happened: the Avro contracts of every topic, in the order of the flow.
 *
 * <p>{@link io.searchloop.schemas.Topics} is the entry: it names each topic once, with its record
 * class, partitions and clean-up. Records are generated from {@code schemas/avro} without setters.
 */
@NullMarked
package io.searchloop.schemas;

import org.jspecify.annotations.NullMarked;
