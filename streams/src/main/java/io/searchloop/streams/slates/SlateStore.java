package io.searchloop.streams.slates;

import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.schemas.HeadSlate;
import io.searchloop.streams.activation.ActivationListener;
import io.searchloop.streams.activation.PolicyIdentity;
import io.searchloop.streams.activation.PolicyState;
import io.searchloop.streams.metrics.ServingMetrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The slates of the policy that serves now, as the cache topic tells them: the same on every
 * worker, because each is a function of the log. Of two slates for one group key the first by
 * offset counts. They vanish the moment another identity serves: a version withdrawn by a rollback
 * must not speak from memory.
 *
 * <pre>
 *   accept(v3 shoes A) | find(v3, shoes)  A     | accept(v3 shoes B) B lost its race, find is A
 *   activated v4       | find(v3, ...) empty    | accept(v3 hats) late, dropped
 *   accept(v5 shoes)   | kept: a worker ahead of this one filled it
 * </pre>
 *
 * <p>A generation takes at most {@code capacity} slates; those that come later are dropped. Every
 * method is short and holds one lock; any thread.
 */
public final class SlateStore implements ActivationListener {
  private static final String ACTIVE = "active";

  /** Generations kept: the one that serves, and what other workers already serve. */
  private static final int GENERATIONS = 3;

  private final int capacity;
  private final String sampler;
  private final ServingMetrics metrics;
  private final TreeMap<Generation, SlateTable> generations = new TreeMap<>();
  private final Deque<SlateTable> forgotten = new ArrayDeque<>();
  private final Deque<SlateKey> dropped = new ArrayDeque<>();
  private @Nullable PolicyIdentity serving;
  private long epoch = Long.MIN_VALUE;

  /**
   * @param capacity most slates of a generation; 0 keeps none
   * @param sampler settings that log-probabilities depend on; slates of others are not found
   */
  public SlateStore(int capacity, String sampler, ServingMetrics metrics) {
    this.capacity = capacity;
    this.sampler = sampler;
    this.metrics = metrics;
  }

  /** Whether slates are kept at all. */
  public boolean enabled() {
    return capacity > 0;
  }

  /**
   * The slate of a group key; empty when it has none, or the identity does not serve any more.
   *
   * @param catalogueEpoch epoch in the group key
   * @param format of the identity's session
   */
  public Optional<Slate> find(
      PolicyIdentity identity, long catalogueEpoch, String groupKey, RewriteFormat format) {
    return packed(identity, catalogueEpoch, groupKey)
        .map(packed -> packed.slate(identity.version(), format));
  }

  /** Whether a slate is there, or there is no room for one, or the identity does not serve. */
  synchronized boolean settled(PolicyIdentity identity, long catalogueEpoch, String groupKey) {
    SlateTable table = generations.get(Generation.of(identity, catalogueEpoch));
    return !identity.equals(serving)
        || (table != null && table.size() >= capacity)
        || packed(identity, catalogueEpoch, groupKey).isPresent();
  }

  /**
   * Takes note of a slate of the topic, in the order of offsets.
   *
   * @param own whether this worker is to tombstone it once it is of no use
   * @throws IllegalArgumentException when the record is no slate
   */
  public synchronized void accept(HeadSlate record, boolean own) {
    PackedSlate slate = PackedSlate.of(record, own);
    Generation generation = Generation.of(record);
    Digest digest = Digest.of(record.getGroupKey(), record.getSampler());
    SlateKey key = new SlateKey(generation, digest, slate.hash());
    if (isBehind(generation)) {
      drop(key, own, "late");
      return;
    }
    SlateTable table = generations.computeIfAbsent(generation, SlateTable::new);
    PackedSlate earlier = table.get(digest);
    if (earlier == null && table.size() < capacity) {
      table.put(digest, slate);
      metrics.slate("stored", 1);
      forgetBeyond(GENERATIONS);
      measure();
    } else if (earlier == null) {
      drop(key, own, "full");
    } else if (earlier.hash() != slate.hash()) { // else read twice
      drop(key, own, "lost_race");
    }
  }

  /** Takes note of a tombstone of the topic. */
  public synchronized void tombstoned(SlateKey key) {
    SlateTable table = generations.get(key.generation());
    if (table != null) {
      table.remove(key.digest(), key.hash());
      measure();
    }
  }

  /** Takes note of the epoch that is searched: slates over an earlier one are forgotten. */
  synchronized void searches(long catalogueEpoch) {
    if (catalogueEpoch > epoch) {
      epoch = catalogueEpoch;
      forgetIf(this::isBehind);
    }
  }

  /** Keys of own slates that are of no use any more, each told once. */
  synchronized List<SlateKey> takeRetired(int limit) {
    List<SlateKey> keys = new ArrayList<>();
    while (keys.size() < limit && !dropped.isEmpty()) {
      keys.add(dropped.remove());
    }
    while (keys.size() < limit && !forgotten.isEmpty()) {
      forgotten.element().drainOwn(keys, limit);
      if (forgotten.element().size() == 0) {
        forgotten.remove();
      }
    }
    return keys;
  }

  /** How many slates are kept. */
  public synchronized int size() {
    return generations.values().stream().mapToInt(SlateTable::size).sum();
  }

  @Override
  public synchronized void activated(String slot, PolicyIdentity identity) {
    if (slot.equals(ACTIVE) && !identity.equals(serving)) {
      PolicyIdentity previous = serving;
      serving = identity;
      forgetIf(generation -> isBehind(generation) || generation.isOf(previous));
    }
  }

  @Override
  public void rejected(String slot, PolicyState.Rejected rejected) {}

  @Override
  public void retired(String slot, PolicyIdentity identity) {}

  private synchronized Optional<PackedSlate> packed(
      PolicyIdentity identity, long catalogueEpoch, String groupKey) {
    SlateTable table = generations.get(Generation.of(identity, catalogueEpoch));
    return table == null || !identity.equals(serving)
        ? Optional.empty()
        : Optional.ofNullable(table.get(Digest.of(groupKey, sampler)));
  }

  private boolean isBehind(Generation generation) {
    return serving != null && generation.compareTo(Generation.of(serving, epoch)) < 0;
  }

  private void forgetBeyond(int most) {
    while (generations.size() > most) {
      forget(
          generations.keySet().stream()
              .filter(generation -> !generation.isOf(serving))
              .findFirst()
              .orElseGet(generations::firstKey));
    }
  }

  private void forgetIf(Predicate<Generation> condition) {
    List.copyOf(generations.keySet()).stream().filter(condition).forEach(this::forget);
    measure();
  }

  /** Takes no longer for many slates than for few: their tombstones are written later. */
  private void forget(Generation generation) {
    SlateTable table = generations.remove(generation);
    if (table != null && table.size() > 0) {
      metrics.slate("forgotten", table.size());
      forgotten.add(table);
    }
  }

  private void drop(SlateKey key, boolean own, String reason) {
    metrics.slate(reason, 1);
    if (own) {
      dropped.add(key);
    }
  }

  private void measure() {
    metrics.slatesHeld(
        size(), generations.values().stream().mapToLong(SlateTable::sizeBytes).sum());
  }
}
