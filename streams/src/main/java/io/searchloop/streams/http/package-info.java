/**
 * What storefronts and operators talk to.
 *
 * <pre>
 *   Jetty --body, at most 1 MiB--> EndpointHandler --route--> request executor --> Endpoint
 *                                       |                         |
 *                                       +-- probes at once        +-- full: 429, Retry-After
 *   every error is a problem (RFC 9457) that says what was found and what to do
 * </pre>
 *
 * <p>{@link io.searchloop.streams.http.HttpServer} is the entry. Endpoints run on its request
 * threads and know nothing of Jetty, except probes, which Jetty's threads answer.
 */
@NullMarked
package io.searchloop.streams.http;

import org.jspecify.annotations.NullMarked;
