package io.searchloop.streams.activation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The place a serving policy lives in. A swap is one reference: requests that hold a lease finish
 * on the session they began with, and the old session closes with its last lease.
 *
 * <p>{@link #acquire} is safe for any thread and never waits; {@link #activate} belongs to the
 * activator's thread.
 */
public final class PolicySlot implements AutoCloseable {
  private final String name;
  private final InstantSource clock;
  private final ActivationListener listener;
  private final AtomicReference<@Nullable SlotEntry> current = new AtomicReference<>();
  private final Set<SlotEntry> draining = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> filled = new CompletableFuture<>();

  /**
   * @param name of the slot, for status and messages
   */
  public PolicySlot(String name, InstantSource clock, ActivationListener listener) {
    this.name = name;
    this.clock = clock;
    this.listener = listener;
  }

  /** A lease on the serving session; empty when the slot holds none. */
  public Optional<PolicyLease> acquire() {
    for (SlotEntry entry = current.get(); entry != null; entry = current.get()) {
      Optional<PolicyLease> lease = entry.acquire();
      if (lease.isPresent()) {
        return lease;
      }
      // Swapped and drained between the two calls: the slot holds a newer one already.
    }
    return Optional.empty();
  }

  /** Identity of the serving release. */
  public Optional<PolicyIdentity> identity() {
    return Optional.ofNullable(current.get()).map(entry -> entry.state().identity());
  }

  /** Completes when the slot serves for the first time. */
  public CompletableFuture<Void> filled() {
    return filled.copy();
  }

  /** States of the serving release, then of those still draining. */
  public List<PolicyState> states() {
    List<PolicyState> states = new ArrayList<>();
    Optional.ofNullable(current.get()).map(SlotEntry::state).ifPresent(states::add);
    draining.stream().map(SlotEntry::state).forEach(states::add);
    return states;
  }

  /** Leases not yet given back, on the serving session and on those draining. */
  public int leases() {
    int serving = Optional.ofNullable(current.get()).map(SlotEntry::leases).orElse(0);
    return serving + draining.stream().mapToInt(SlotEntry::leases).sum();
  }

  /** Puts a verified policy in place and retires the one before. */
  void activate(PolicyState.Verified verified, LoadedPolicy loaded) {
    replaceWith(new SlotEntry(verified.activated(clock.instant()), loaded, this::retired));
    listener.activated(name, verified.identity());
    filled.complete(null);
  }

  /**
   * Takes over what another slot serves: a candidate that is promoted is in memory and warm, and
   * its requests go on. Between the two steps both slots lend the same session, never none.
   */
  void adopt(PolicySlot other) {
    SlotEntry entry = other.current.get();
    if (entry == null) {
      throw new IllegalStateException(
          "Slot " + other.name + " serves nothing that slot " + name + " could take over.");
    }
    entry.movedTo(this::retired);
    replaceWith(entry);
    other.current.set(null);
    listener.activated(name, entry.state().identity());
    filled.complete(null);
  }

  /** Empties the slot; the session closes with its last lease. */
  @Override
  public void close() {
    replaceWith(null);
  }

  private void replaceWith(@Nullable SlotEntry next) {
    SlotEntry previous = current.getAndSet(next);
    if (previous != null) {
      draining.add(previous);
      previous.replace();
    }
  }

  private void retired(SlotEntry entry) {
    draining.remove(entry);
    listener.retired(name, entry.state().identity());
  }
}
