/**
 * The cache of head queries: slates of candidates that are sampled once, before shoppers ask, and
 * shown to many visitors of every worker, so that each candidate is judged by several shoppers
 * before its group is complete (docs/adr/0036).
 *
 * <pre>
 *   head queries, misses --> SlateFiller --> SlateMaker: sample --> search.head-cache.v1
 *                              CPU budget                                |
 *   request --find--> SlateStore <-- first of each group key -- SlateFeed, every worker
 *   swap or rollback --> forgotten at once --> tombstones
 * </pre>
 *
 * <p>{@link io.searchloop.streams.slates.SlateStore} is the entry: request threads read it, the
 * feed's thread fills it, the activator's thread empties it. The filler owns one thread and the
 * only producer.
 */
@NullMarked
package io.searchloop.streams.slates;

import org.jspecify.annotations.NullMarked;
