package io.searchloop.learning.oracle;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.VisitorKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Attributes a whole log at once. Everything up to the watermark is certain: the base tuple of an
 * impression exists exactly when its short window has passed, a correction when its outcome has.
 */
public final class BatchOracle {
  private final ConfigSchedule configs;

  /**
   * @param configs every configuration that was ever in force, in any order
   * @throws IllegalArgumentException when there is none, two differ and take effect at one instant,
   *     a short window exceeds its long one, or a cap window is not positive
   */
  public BatchOracle(List<RewardConfig> configs) {
    this.configs = new ConfigSchedule(configs);
  }

  /** What the job must have emitted and counted for this log. */
  public OracleReport expect(EventLog log) {
    Map<SourcePosition, RecordClass> classes = new HashMap<>();
    log.deadLetters().stream()
        .filter(log::read)
        .forEach(position -> classes.put(position, RecordClass.DEAD_LETTER));
    log.late().stream()
        .filter(log::read)
        .forEach(position -> classes.put(position, RecordClass.LATE));

    Map<String, List<Located<Decision>>> decisions =
        settled(log, log.decisions(), Decision::getTimestamp, BatchOracle::visitor, classes);
    Map<String, List<Located<SearchEvent>>> events =
        settled(log, log.events(), SearchEvent::getTimestamp, BatchOracle::visitor, classes);

    List<ExpectedTuple> tuples = new ArrayList<>();
    Set<String> condemned = new HashSet<>();
    Set<String> visitors = new TreeSet<>(decisions.keySet());
    visitors.addAll(events.keySet());
    for (String visitor : visitors) {
      for (VisitorLife life :
          VisitorLife.of(
              configs,
              decisions.getOrDefault(visitor, List.of()),
              events.getOrDefault(visitor, List.of()))) {
        VisitorHistory history = new VisitorHistory(configs, life);
        classes.putAll(history.classes());
        if (history.classes().containsValue(RecordClass.QUARANTINED)) {
          history.searches().forEach(search -> condemned.add(search.queryId()));
        }
        history.searches().forEach(s -> tuples.addAll(s.tuples(log.watermark())));
      }
    }
    Collections.sort(tuples);
    return new OracleReport(tuples, counts(log, classes), condemned);
  }

  /** Usable records at or before the watermark, by visitor; those after it are pending. */
  private static <T> Map<String, List<Located<T>>> settled(
      EventLog log,
      List<Located<T>> records,
      Function<T, Instant> time,
      Function<T, String> visitor,
      Map<SourcePosition, RecordClass> classes) {
    Map<String, List<Located<T>>> byVisitor = new TreeMap<>();
    for (Located<T> located : records) {
      if (!log.usable(located.position())) {
        continue;
      }
      if (time.apply(located.record()).toEpochMilli() > log.watermark()) {
        classes.put(located.position(), RecordClass.PENDING);
      } else {
        byVisitor
            .computeIfAbsent(visitor.apply(located.record()), v -> new ArrayList<>())
            .add(located);
      }
    }
    return byVisitor;
  }

  private static String visitor(Decision decision) {
    return VisitorKey.of(decision).orElseThrow(() -> noVisitor(decision.getQueryId()));
  }

  private static String visitor(SearchEvent event) {
    return VisitorKey.of(event).orElseThrow(() -> noVisitor(event.getQueryId()));
  }

  private static IllegalArgumentException noVisitor(String queryId) {
    return new IllegalArgumentException(
        "A record of search "
            + queryId
            + " names neither client nor session and is not among the dead letters."
            + " Pass every dead letter of the job.");
  }

  private static Map<SourcePartition, ClassCounts> counts(
      EventLog log, Map<SourcePosition, RecordClass> classes) {
    Map<SourcePartition, Map<RecordClass, Long>> byPartition =
        classes.entrySet().stream()
            .collect(
                groupingBy(
                    entry -> entry.getKey().sourcePartition(),
                    groupingBy(
                        Map.Entry::getValue, () -> new EnumMap<>(RecordClass.class), counting())));
    Map<SourcePartition, Long> accepted = accepted(log);
    Map<SourcePartition, ClassCounts> counts = new HashMap<>();
    for (SourcePartition partition : log.nextOffsets().keySet()) {
      counts.put(
          partition,
          new ClassCounts(
              accepted.getOrDefault(partition, 0L), byPartition.getOrDefault(partition, Map.of())));
    }
    return counts;
  }

  /** Distinct positions read, counted from the log and not from the classes. */
  private static Map<SourcePartition, Long> accepted(EventLog log) {
    Set<SourcePosition> positions = new HashSet<>(log.deadLetters());
    positions.addAll(log.late());
    log.decisions().forEach(located -> positions.add(located.position()));
    log.events().forEach(located -> positions.add(located.position()));
    return positions.stream()
        .filter(log::read)
        .collect(groupingBy(SourcePosition::sourcePartition, counting()));
  }
}
