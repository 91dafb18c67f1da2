package io.searchloop.streams.http;

import io.searchloop.streams.feed.KafkaContact;
import java.util.function.BooleanSupplier;

/**
 * What the probes ask.
 *
 * @param live every thread that must run does
 * @param catalogueIndexed a whole catalogue epoch is searchable
 * @param policyServing a verified and warm policy is in place
 * @param kafka whether Kafka is heard from; a worker is ready without it, for it serves what it has
 */
public record WorkerHealth(
    BooleanSupplier live,
    BooleanSupplier catalogueIndexed,
    BooleanSupplier policyServing,
    KafkaContact kafka) {}
