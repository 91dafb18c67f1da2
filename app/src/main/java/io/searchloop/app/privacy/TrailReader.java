package io.searchloop.app.privacy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.searchloop.app.privacy.VisitorTrail.LastRecord;
import io.searchloop.app.privacy.VisitorTrail.LearnedFrom;
import io.searchloop.app.trace.MinibatchMembers;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.VisitorKey;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.event.EventRules;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Follows a visitor through the topics up to their ends as they are now: names lead to searches,
 * searches to tuples, tuples to rollouts, rollouts to minibatches. One thread.
 */
public final class TrailReader {
  private final Brokers bootstrapServers;
  private final Serdes serdes;
  private final Consumer<String> progress;
  private final Map<String, Instant> last = new LinkedHashMap<>();

  /**
   * @param progress told what is read, for a person
   */
  public TrailReader(Brokers bootstrapServers, Serdes serdes, Consumer<String> progress) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
    this.progress = progress;
  }

  /**
   * Everything about a visitor.
   *
   * @param names every name the visitor may have
   */
  public VisitorTrail read(Set<String> names) {
    last.clear();
    Set<String> found = new TreeSet<>();
    Set<String> searches = new HashSet<>();
    read(
        Topics.DECISIONS,
        decision -> named(VisitorKey.of(decision), names, found),
        at -> searches.add(at.value().getQueryId()));
    long events =
        read(
            Topics.EVENTS,
            event -> named(VisitorKey.of(event), names, found) && !isErasure(event),
            at -> {});
    List<String> texts = names.stream().map(TrailReader::bytesAsText).toList();
    long deadLetters = read(Topics.DEAD_LETTERS, letter -> mentions(letter, texts), at -> {});

    Set<String> rollouts = new HashSet<>();
    Set<TupleOrigin> origins = EnumSet.noneOf(TupleOrigin.class);
    long tuples =
        read(
            Topics.REWARDS,
            tuple -> searches.contains(tuple.getQueryId()),
            at -> {
              rollouts.add(at.value().getRolloutId());
              origins.add(at.value().getOrigin());
            });
    List<LearnedFrom> minibatches = new ArrayList<>();
    read(
        Topics.MINIBATCHES,
        minibatch -> holds(minibatch, rollouts),
        at -> minibatches.add(new LearnedFrom(at.offset(), at.value().getLineage())));
    return new VisitorTrail(
        found,
        searches.size(),
        events,
        deadLetters,
        tuples,
        minibatches,
        origins.contains(TupleOrigin.SLATE),
        last.entrySet().stream().map(e -> new LastRecord(e.getKey(), e.getValue())).toList());
  }

  /** Reads a topic to its end; the number of records that were wanted. */
  private <V extends SpecificRecord> long read(
      Topic<V> topic, Wanted<V> wanted, Consumer<Located<V>> reader) {
    progress.accept("Reading " + topic.name() + " ...");
    LongAdder count = new LongAdder();
    try (TopicLog<V> log = new TopicLog<>(topic, bootstrapServers, serdes, undecodable -> {})) {
      log.toEnd(
          located -> {
            if (wanted.is(located.value())) {
              Instant appended = Instant.ofEpochMilli(located.appendedAtMs());
              count.increment();
              last.merge(topic.name(), appended, (a, b) -> a.isAfter(b) ? a : b);
              reader.accept(located);
            }
          });
    }
    return count.sum();
  }

  private static boolean named(Optional<String> name, Set<String> names, Set<String> found) {
    boolean named = name.filter(names::contains).isPresent();
    name.filter(names::contains).ifPresent(found::add);
    return named;
  }

  private static boolean isErasure(SearchEvent event) {
    return event.getActionName().equals(EventRules.ERASE);
  }

  /** A payload may be JSON or Avro, decodable or not; a name is the same bytes in all of them. */
  private static boolean mentions(DeadLetter letter, List<String> texts) {
    String payload = new String(Packed.bytes(letter.getPayload()), ISO_8859_1);
    String key = new String(Packed.bytes(letter.getRecordKey()), ISO_8859_1);
    return texts.stream().anyMatch(text -> payload.contains(text) || key.equals(text));
  }

  private static String bytesAsText(String name) {
    return new String(name.getBytes(UTF_8), ISO_8859_1);
  }

  private static boolean holds(Minibatch minibatch, Set<String> rollouts) {
    return MinibatchMembers.of(minibatch)
        .anyMatch(member -> rollouts.contains(member.getRolloutId()));
  }

  /** Tells records about the visitor. */
  @FunctionalInterface
  private interface Wanted<V> {
    boolean is(V value);
  }
}
