/**
 * How a storefront's event is read: {@link io.searchloop.learning.event.Action} gives its meaning
 * and its rank among events of the same instant, {@link io.searchloop.learning.event.EventIdentity}
 * tells a repetition from a new event. Stateless; any thread.
 */
@NullMarked
package io.searchloop.learning.event;

import org.jspecify.annotations.NullMarked;
