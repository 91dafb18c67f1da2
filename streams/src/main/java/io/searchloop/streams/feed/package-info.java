/**
 * Reads whole topics, from their first record on and without a consumer group, because every worker
 * needs all of them.
 *
 * <pre>
 *   assigned partitions --> decode --> handler for each record --> settle, once caught up and after
 *                              |                                   each batch; {@link io.searchloop.streams.feed.Settling} tries again
 *                              +-- undecodable: counted, skipped;  registry away: tried again
 * </pre>
 *
 * <p>{@link io.searchloop.streams.feed.TopicFeed} is the entry and owns one thread, on which
 * handlers and settle run.
 */
@NullMarked
package io.searchloop.streams.feed;

import org.jspecify.annotations.NullMarked;
