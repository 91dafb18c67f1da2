/**
 * How long it takes from a click to the first search that a policy answers which learned from it,
 * stage by stage. Entry: {@link io.searchloop.app.bench.freshness.FreshnessBench}, run by one
 * thread; {@link io.searchloop.app.bench.freshness.VisibleRecords} watches the topics on one of its
 * own.
 */
@NullMarked
package io.searchloop.app.bench.freshness;

import org.jspecify.annotations.NullMarked;
