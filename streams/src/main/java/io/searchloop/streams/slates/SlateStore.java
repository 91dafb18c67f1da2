package io.searchloop.streams.slates;

import io.searchloop.streams.activation.ActivationListener;
import io.searchloop.streams.activation.PolicyIdentity;
import io.searchloop.streams.activation.PolicyState;
import io.searchloop.streams.inference.Rollout;
import io.searchloop.streams.metrics.ServingMetrics;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The slates of the policy that serves now, the least recently drawn evicted first. They vanish the
 * moment another identity serves: a version withdrawn by a rollback must not speak from memory, and
 * one that comes back later begins anew.
 *
 * <pre>
 *   activated v3 | find(v3, "red shoes")  empty | keep | find(v3, "red shoes")  the slate
 *   activated v4 | find(v3, ...) empty          | keep(v3, ...) not kept: a request begun before
 * </pre>
 *
 * <p>Every method is short and holds one lock; any thread.
 */
public final class SlateStore implements ActivationListener {
  private static final String ACTIVE = "active";

  private final int capacity;
  private final ServingMetrics metrics;
  private final LinkedHashMap<String, Slate> slates = new LinkedHashMap<>(16, .75f, true);
  private @Nullable PolicyIdentity serving;

  /**
   * @param capacity most slates kept; 0 keeps none
   */
  public SlateStore(int capacity, ServingMetrics metrics) {
    this.capacity = capacity;
    this.metrics = metrics;
  }

  /** Whether slates are kept at all. */
  public boolean enabled() {
    return capacity > 0;
  }

  /** The slate of a group key; empty when it has none, or the identity does not serve any more. */
  public synchronized Optional<Slate> find(PolicyIdentity identity, String groupKey) {
    return identity.equals(serving) ? Optional.ofNullable(slates.get(groupKey)) : Optional.empty();
  }

  /**
   * Makes a slate of rollouts just sampled. Of two threads that sampled for one group key the first
   * one's slate is kept and answered to both.
   *
   * @return the slate to draw from; whatever happens to the store, it is a valid one
   */
  public synchronized Slate keep(PolicyIdentity identity, String groupKey, List<Rollout> rollouts) {
    Optional<Slate> earlier = find(identity, groupKey);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    Slate slate = Slate.of(identity, groupKey, rollouts);
    if (identity.equals(serving) && enabled()) {
      slates.put(groupKey, slate);
      metrics.slate("stored", 1);
      evict();
    }
    return slate;
  }

  /** How many slates are kept. */
  public synchronized int size() {
    return slates.size();
  }

  @Override
  public synchronized void activated(String slot, PolicyIdentity identity) {
    if (slot.equals(ACTIVE) && !identity.equals(serving)) {
      metrics.slate("forgotten", slates.size());
      slates.clear();
      serving = identity;
    }
  }

  @Override
  public void rejected(String slot, PolicyState.Rejected rejected) {}

  @Override
  public void retired(String slot, PolicyIdentity identity) {}

  private void evict() {
    Iterator<Map.Entry<String, Slate>> eldest = slates.entrySet().iterator();
    while (slates.size() > capacity) {
      eldest.next();
      eldest.remove();
      metrics.slate("evicted", 1);
    }
  }
}
