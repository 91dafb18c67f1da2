/**
 * The only place where the jobs meet Kafka.
 *
 * <pre>
 *   topics -- {@link io.searchloop.jobs.io.KafkaSources} --> jobs -- {@link io.searchloop.jobs.io.KafkaSinks} --> topics
 * </pre>
 *
 * <p>Schemas and clients are opened by each task for itself. Source and sink threads are Flink's.
 */
@NullMarked
package io.searchloop.jobs.io;

import org.jspecify.annotations.NullMarked;
