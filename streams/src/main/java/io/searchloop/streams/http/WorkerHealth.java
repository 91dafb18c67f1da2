package io.searchloop.streams.http;

import java.util.function.BooleanSupplier;

/**
 * What the probes ask.
 *
 * @param live every thread that must run does
 * @param catalogueIndexed a whole catalogue epoch is searchable
 * @param policyServing a verified and warm policy is in place
 */
public record WorkerHealth(
    BooleanSupplier live, BooleanSupplier catalogueIndexed, BooleanSupplier policyServing) {}
