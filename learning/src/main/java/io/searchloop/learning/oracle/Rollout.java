package io.searchloop.learning.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** One candidate of a shown search and every change of what it earned, in causal order. */
final class Rollout {
  private record Change(long time, long reward, long preference) {
    Change minus() {
      return new Change(time, -reward, -preference);
    }
  }

  private final String queryId;
  private final String rolloutId;
  private final boolean trainable;
  private final List<Change> changes = new ArrayList<>();

  Rollout(String queryId, String rolloutId, boolean trainable) {
    this.queryId = queryId;
    this.rolloutId = rolloutId;
    this.trainable = trainable;
  }

  /** An outcome's effect, in micros; one without effect leaves no trace. */
  void change(long time, long reward, long preference) {
    if (reward != 0 || preference != 0) {
      changes.add(new Change(time, reward, preference));
    }
  }

  /**
   * Base tuple and corrections.
   *
   * @param due when the base tuple was due; outcomes of that instant belong to it
   * @param verdict when a verdict took everything back, after {@code due}; empty for never
   */
  List<ExpectedTuple> tuples(long due, OptionalLong verdict) {
    List<Change> emitted = new ArrayList<>();
    emitted.add(sum(due, change -> change.time() <= due));
    changes.stream().filter(change -> change.time() > due).forEach(emitted::add);
    if (verdict.isPresent()) {
      Change all = sum(verdict.getAsLong(), change -> true);
      if (all.reward() != 0 || all.preference() != 0) {
        emitted.add(all.minus());
      }
    }
    List<ExpectedTuple> tuples = new ArrayList<>();
    for (Change change : emitted) {
      tuples.add(
          new ExpectedTuple(
              queryId,
              rolloutId,
              tuples.size(),
              Micros.toAmount(change.reward()),
              Micros.toAmount(change.preference()),
              trainable));
    }
    return tuples;
  }

  private Change sum(long time, Predicate<Change> counted) {
    long reward = changes.stream().filter(counted).mapToLong(Change::reward).sum();
    long preference = changes.stream().filter(counted).mapToLong(Change::preference).sum();
    return new Change(time, reward, preference);
  }
}
