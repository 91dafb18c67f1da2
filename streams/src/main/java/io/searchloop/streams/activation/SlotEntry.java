package io.searchloop.streams.activation;

import io.searchloop.streams.lease.CountedResource;
import java.util.Optional;
import java.util.function.Consumer;

/** A release in a slot: its session under leases, and its state from Active to Retired. */
final class SlotEntry {
  private final CountedResource<LoadedPolicy> session;
  private final PolicyState.Active active;
  private volatile Consumer<SlotEntry> onRetired;
  private volatile PolicyState state;

  SlotEntry(PolicyState.Active active, LoadedPolicy loaded, Consumer<SlotEntry> onRetired) {
    this.active = active;
    this.state = active;
    this.onRetired = onRetired;
    this.session = new CountedResource<>(loaded, () -> close(loaded));
  }

  Optional<PolicyLease> acquire() {
    return session.acquire().map(PolicyLease::new);
  }

  /** Takes no part in new requests from now on; closes with the last lease. */
  void replace() {
    state = active.replaced();
    session.retire();
  }

  /** Belongs to another slot from now on, which hears of its end. */
  void movedTo(Consumer<SlotEntry> slot) {
    onRetired = slot;
  }

  PolicyState state() {
    return state;
  }

  int leases() {
    return session.leases();
  }

  private void close(LoadedPolicy loaded) {
    loaded.policy().close();
    state = active.replaced().drained();
    onRetired.accept(this);
  }
}
