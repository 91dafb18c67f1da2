/**
 * The servers of the loop in one process, for people who have only Java: no Docker, no cluster. In
 * production the same addresses are configuration and nothing of this package runs.
 *
 * <pre>
 * Ports -&gt; EmbeddedBroker (Kafka, KRaft) -&gt; EmbeddedRegistry (schemas on topic _schemas)
 *                     |                             |
 *                     +--- TopicAdmin: topics and schemas, checked on every start
 *                     +--- EmbeddedFlink: dashboard; jobs resume from their newest checkpoint
 * </pre>
 *
 * Start in this order and close in the opposite one. Every server listens on the loopback address
 * only, keeps its data under the directory it is given, and survives {@code kill -9}. Threads: one
 * owner starts and closes a server; everything else may be called from any thread.
 */
@NullMarked
package io.searchloop.app.launcher;

import org.jspecify.annotations.NullMarked;
