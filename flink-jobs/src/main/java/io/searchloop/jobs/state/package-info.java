/**
 * State of the jobs. {@link io.searchloop.jobs.state.Agenda} keeps what is to be looked at when
 * event time reaches an instant, {@link io.searchloop.jobs.state.StateCodec} turns records of state
 * into bytes that later versions can read. Confined to the operator's thread and to the key it
 * works on.
 */
@NullMarked
package io.searchloop.jobs.state;

import org.jspecify.annotations.NullMarked;
