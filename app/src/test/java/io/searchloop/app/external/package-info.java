/**
 * Every component in a process of its own, as in production: a broker that asks for TLS and SASL, a
 * registry, a standalone Flink, trainer and worker. Entry: {@link
 * io.searchloop.app.external.ExternalEnginesIT}.
 */
@NullMarked
package io.searchloop.app.external;

import org.jspecify.annotations.NullMarked;
