/**
 * Events of other formats as events of ours.
 *
 * <pre>
 *   object of another format --EventAdapter--> Adaptation: JSON for EventReader, left out, or refused
 * </pre>
 *
 * <p>{@link io.searchloop.storefront.adapter.EventFormat} is the entry and names the formats;
 * {@code docs/storefront-events.md} has the tables. Pure functions; any thread.
 */
@NullMarked
package io.searchloop.storefront.adapter;

import org.jspecify.annotations.NullMarked;
