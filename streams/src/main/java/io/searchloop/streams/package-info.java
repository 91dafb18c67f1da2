/**
 * A serving worker: answers searches with the policy that was last released and promoted, and logs
 * how it decided.
 *
 * <pre>
 *   policy.* topics --> activation --> slots --+
 *   catalogue topic --> catalogue --> engine --+--> http: rewrite, search --> search.decisions.v1
 *   storefront --> http: events -------------------------------------------> search.events.v1
 *   search.decisions.v1 --> ServingTopology --> head queries --> slates, tail queries
 * </pre>
 *
 * <p>{@link io.searchloop.streams.ServingWorker} is the entry and owns every thread of the worker:
 * policy feed, catalogue feed, signal sender, Kafka Streams, head set, engine-only, HTTP and
 * request threads.
 */
@NullMarked
package io.searchloop.streams;

import org.jspecify.annotations.NullMarked;
