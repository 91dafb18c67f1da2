/**
 * Keyed state that several jobs share the shape of. {@link io.searchloop.jobs.state.Agenda} keeps
 * what is to be looked at when event time reaches an instant. Confined to the operator's thread and
 * to the key it works on.
 */
@NullMarked
package io.searchloop.jobs.state;

import org.jspecify.annotations.NullMarked;
