package io.searchloop.streams.activation;

import java.util.List;

/**
 * Tells several listeners, in the order given.
 *
 * @param listeners who hears
 */
public record ActivationListeners(List<ActivationListener> listeners)
    implements ActivationListener {

  /** Copies the listeners. */
  public ActivationListeners {
    listeners = List.copyOf(listeners);
  }

  /** All of some listeners. */
  public static ActivationListener of(ActivationListener... listeners) {
    return new ActivationListeners(List.of(listeners));
  }

  @Override
  public void activated(String slot, PolicyIdentity identity) {
    listeners.forEach(listener -> listener.activated(slot, identity));
  }

  @Override
  public void loaded(PolicyIdentity identity, LoadTimes times) {
    listeners.forEach(listener -> listener.loaded(identity, times));
  }

  @Override
  public void rejected(String slot, PolicyState.Rejected rejected) {
    listeners.forEach(listener -> listener.rejected(slot, rejected));
  }

  @Override
  public void retired(String slot, PolicyIdentity identity) {
    listeners.forEach(listener -> listener.retired(slot, identity));
  }
}
