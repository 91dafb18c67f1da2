/**
 * The queries that shoppers ask most: what a cache should hold first.
 *
 * <pre>
 *   search.decisions.v1 --> ServingTopology: count by window --> store --> HeadQueries.top
 * </pre>
 *
 * <p>{@link io.searchloop.streams.heads.HeadQueries} is the entry; any thread may ask.
 */
@NullMarked
package io.searchloop.streams.heads;

import org.jspecify.annotations.NullMarked;
