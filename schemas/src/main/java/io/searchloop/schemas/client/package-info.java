/**
 * How clients of Kafka and of the schema registry introduce themselves, once for every producer,
 * consumer and admin: a file as Kafka's own tools take it, read into {@link
 * io.searchloop.schemas.client.ClientConfig}, carried beside the addresses by {@link
 * io.searchloop.schemas.client.Brokers} and {@link io.searchloop.schemas.serde.Serdes}.
 */
@NullMarked
package io.searchloop.schemas.client;

import org.jspecify.annotations.NullMarked;
