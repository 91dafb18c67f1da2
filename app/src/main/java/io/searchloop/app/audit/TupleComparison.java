package io.searchloop.app.audit;

import io.searchloop.learning.oracle.ConfigSchedule;
import io.searchloop.learning.oracle.ExpectedTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tuples on the topic against tuples of the oracle, as of one watermark. Amounts are whole micros
 * on both sides, so they compare exactly. An identity is expected more than once only when a query
 * id was used again after its search had closed.
 *
 * @param missing expected and not there
 * @param surplus there and not expected
 * @param repeated there more often than expected
 * @param different there with another reward, preference or trainability
 * @param mispriced there under a configuration that was not in force
 * @param retractions tuples that take back what a condemned visitor earned
 */
record TupleComparison(
    List<String> missing,
    List<String> surplus,
    List<String> repeated,
    List<String> different,
    List<String> mispriced,
    long retractions) {

  private record Key(String queryId, String rolloutId, int sequence) {
    static Key of(ExpectedTuple tuple) {
      return new Key(tuple.queryId(), tuple.rolloutId(), tuple.sequence());
    }

    @Override
    public String toString() {
      return "search " + queryId + " rollout " + rolloutId + " sequence " + sequence;
    }
  }

  static TupleComparison of(
      List<ExpectedTuple> expected,
      List<FoundTuple> found,
      long watermark,
      ConfigSchedule configs) {
    List<FoundTuple> emitted =
        found.stream().filter(tuple -> emittedBy(tuple, watermark, configs)).toList();
    Map<Key, List<ExpectedTuple>> unmatched = new HashMap<>();
    expected.forEach(
        tuple -> unmatched.computeIfAbsent(Key.of(tuple), k -> new ArrayList<>(1)).add(tuple));
    TupleComparison comparison =
        new TupleComparison(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            emitted.stream().filter(FoundTuple::retraction).count());
    List<ExpectedTuple> unexpected = comparison.match(emitted, unmatched);
    comparison.name(unexpected, unmatched);
    emitted.stream()
        .filter(tuple -> tuple.configFrom() != configFrom(tuple, configs))
        .forEach(tuple -> comparison.mispriced.add(Key.of(tuple.tuple()).toString()));
    return comparison;
  }

  /** A base tuple is due when its short window has passed, a correction when its outcome has. */
  private static boolean emittedBy(FoundTuple found, long watermark, ConfigSchedule configs) {
    long shortWindow = configs.at(found.impressionTime()).getShortWindowMs();
    return found.tuple().sequence() == 0
        ? found.impressionTime() + shortWindow <= watermark
        : found.outcomeTime() <= watermark;
  }

  private static long configFrom(FoundTuple found, ConfigSchedule configs) {
    return configs.at(found.impressionTime()).getEffectiveFrom().toEpochMilli();
  }

  /** Takes equal tuples off both sides; what is left of those found. */
  private List<ExpectedTuple> match(
      List<FoundTuple> found, Map<Key, List<ExpectedTuple>> unmatched) {
    List<ExpectedTuple> unexpected = new ArrayList<>();
    for (FoundTuple tuple : found) {
      List<ExpectedTuple> candidates = unmatched.get(Key.of(tuple.tuple()));
      if (candidates == null) {
        surplus.add(Key.of(tuple.tuple()).toString());
      } else if (!candidates.remove(tuple.tuple())) {
        unexpected.add(tuple.tuple());
      }
    }
    return unexpected;
  }

  /** What is left of an identity on both sides differs; on one side, it is repeated or missing. */
  private void name(List<ExpectedTuple> unexpected, Map<Key, List<ExpectedTuple>> unmatched) {
    for (ExpectedTuple tuple : unexpected) {
      Key key = Key.of(tuple);
      List<ExpectedTuple> left = unmatched.getOrDefault(key, List.of());
      if (left.isEmpty()) {
        repeated.add(key.toString());
      } else {
        different.add(
            "%s: found %s, expected %s"
                .formatted(key, amounts(tuple), amounts(left.remove(left.size() - 1))));
      }
    }
    unmatched.forEach((key, left) -> left.forEach(tuple -> missing.add(key.toString())));
  }

  private static String amounts(ExpectedTuple tuple) {
    return "reward %s preference %s trainable %s"
        .formatted(tuple.reward(), tuple.preference(), tuple.trainable());
  }

  boolean clean() {
    return violations().isEmpty();
  }

  /** One sentence for each kind of difference, with the first example. */
  List<String> violations() {
    List<String> violations = new ArrayList<>();
    name(violations, "missing", missing);
    name(violations, "surplus", surplus);
    name(violations, "counted twice", repeated);
    name(violations, "with another reward, preference or trainability", different);
    name(violations, "priced by a configuration not in force", mispriced);
    return violations;
  }

  private static void name(List<String> violations, String what, List<String> tuples) {
    if (!tuples.isEmpty()) {
      violations.add("Tuples " + what + ": " + tuples.size() + ", first " + tuples.get(0));
    }
  }
}
