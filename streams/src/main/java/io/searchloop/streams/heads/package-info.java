/**
 * The queries that shoppers ask most: what a cache should hold first, and what shoppers can judge
 * without the engine's help.
 *
 * <pre>
 *   search.decisions.v1 --> ServingTopology: count by window --> store --> HeadQueries.top
 *                                                   HeadSet: head | tail, every two seconds
 * </pre>
 *
 * <p>{@link io.searchloop.streams.heads.HeadQueries} and {@link
 * io.searchloop.streams.heads.QueryStrata} are the entries; any thread may ask. The set of heads
 * owns one thread.
 */
@NullMarked
package io.searchloop.streams.heads;

import org.jspecify.annotations.NullMarked;
