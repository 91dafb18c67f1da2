package io.searchloop.streams.activation;

/** Hears what becomes of releases; called on the thread that caused it, so it must not wait. */
public interface ActivationListener {
  /** A release serves from now on. */
  void activated(String slot, PolicyIdentity identity);

  /** A release was loaded and has passed its test; says what took how long. */
  default void loaded(PolicyIdentity identity, LoadTimes times) {}

  /** A release was refused; the slot keeps what it had. */
  void rejected(String slot, PolicyState.Rejected rejected);

  /** A session was closed after its last lease. */
  void retired(String slot, PolicyIdentity identity);
}
