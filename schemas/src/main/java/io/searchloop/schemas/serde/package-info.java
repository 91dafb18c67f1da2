/**
 * Records to bytes and back, in Confluent's wire format: a zero byte, the schema id as big-endian
 * int32, then Avro binary. Any Confluent client reads what we write.
 */
@NullMarked
package io.searchloop.schemas.serde;

import org.jspecify.annotations.NullMarked;
