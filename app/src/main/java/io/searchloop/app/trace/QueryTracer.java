package io.searchloop.app.trace;

import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.trace.QueryTrace.TracedDecision;
import io.searchloop.app.trace.QueryTrace.TracedEvent;
import io.searchloop.app.trace.QueryTrace.TracedMinibatch;
import io.searchloop.app.trace.QueryTrace.TracedRelease;
import io.searchloop.app.trace.QueryTrace.TracedTuple;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.QueryTime;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * Looks a search up in the topics, up to their ends as they are now. An id of ours begins with its
 * time, so nothing appended before is read; any other id is looked for from the first record on.
 * One thread.
 */
public final class QueryTracer {
  private static final String ENGINE_ONLY = "!engine";

  /** Records may carry event time, and clocks differ a little. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final Brokers bootstrapServers;
  private final Serdes serdes;
  private final boolean showTexts;
  private final Consumer<String> progress;
  private final Map<String, Long> searched = new TreeMap<>();

  /**
   * @param showTexts whether queries and rewrites may be shown
   * @param progress told what is read, for a person
   */
  public QueryTracer(
      Brokers bootstrapServers, Serdes serdes, boolean showTexts, Consumer<String> progress) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
    this.showTexts = showTexts;
    this.progress = progress;
  }

  /** Everything about a search; not found when no decision has the id. */
  public QueryTrace trace(String queryId) {
    searched.clear();
    Instant since = QueryTime.of(queryId).map(made -> made.minus(SLACK)).orElse(Instant.EPOCH);
    Set<String> ids = Set.of(queryId, queryId + ENGINE_ONLY);
    List<Decision> decisions = new ArrayList<>();
    read(
        Topics.DECISIONS,
        since,
        (offset, decision) -> {
          if (ids.contains(decision.getQueryId())) {
            decisions.add(decision);
          }
        });
    if (decisions.isEmpty()) {
      return new QueryTrace(
          queryId, searched, List.of(), null, List.of(), List.of(), List.of(), List.of());
    }
    return around(queryId, ids, decisions, since);
  }

  private QueryTrace around(
      String queryId, Set<String> ids, List<Decision> decisions, Instant since) {
    TraceRecords records = new TraceRecords(showTexts);
    List<TracedEvent> events = new ArrayList<>();
    read(
        Topics.EVENTS,
        since,
        (offset, event) -> {
          if (ids.contains(event.getQueryId())) {
            events.add(records.event(event));
          }
        });
    List<TracedTuple> tuples = new ArrayList<>();
    read(
        Topics.REWARDS,
        since,
        (offset, tuple) -> {
          if (ids.contains(tuple.getQueryId())) {
            tuples.add(records.tuple(tuple));
          }
        });
    progress.accept("Reading releases and minibatches ...");
    ReleaseFinder releases =
        new ReleaseFinder(PolicyHistory.read(bootstrapServers, serdes).releases());
    Optional<TracedRelease> release =
        decisions.stream()
            .map(Decision::getPolicyVersion)
            .filter(version -> version >= 0)
            .findFirst()
            .flatMap(releases::release);
    Set<String> rollouts =
        decisions.stream()
            .flatMap(decision -> decision.getCandidates().stream())
            .map(candidate -> candidate.getRolloutId())
            .collect(Collectors.toSet());
    List<TracedMinibatch> trainedOn = new ArrayList<>();
    List<TracedMinibatch> learnedFrom = new ArrayList<>();
    read(
        Topics.MINIBATCHES,
        Instant.EPOCH, // a release is older than what it served
        (offset, minibatch) -> {
          TracedMinibatch traced = records.minibatch(offset, minibatch, rollouts, releases);
          if (release.filter(of -> accountsFor(of, offset)).isPresent()) {
            trainedOn.add(traced);
          }
          if (!traced.members().isEmpty()) {
            learnedFrom.add(traced);
          }
        });
    events.sort(Comparator.comparing(TracedEvent::at));
    tuples.sort(
        Comparator.comparing(TracedTuple::rolloutId).thenComparingInt(TracedTuple::sequence));
    List<TracedDecision> decided = decisions.stream().map(records::decision).toList();
    return new QueryTrace(
        queryId, searched, decided, release.orElse(null), trainedOn, events, tuples, learnedFrom);
  }

  private static boolean accountsFor(TracedRelease release, long minibatch) {
    return release.fromMinibatch() <= minibatch && minibatch < release.toMinibatch();
  }

  private <V extends SpecificRecord> void read(Topic<V> topic, Instant since, Reader<V> reader) {
    progress.accept("Reading " + topic.name() + " ...");
    long[] count = {0};
    try (TopicLog<V> log =
        new TopicLog<>(topic, bootstrapServers, serdes, undecodable -> count[0]++)) {
      log.since(since)
          .toEnd(
              located -> {
                count[0]++;
                reader.accept(located.offset(), located.value());
              });
    }
    searched.put(topic.name(), count[0]);
  }

  /** Takes one record. */
  @FunctionalInterface
  private interface Reader<V> {
    void accept(long offset, V value);
  }
}
