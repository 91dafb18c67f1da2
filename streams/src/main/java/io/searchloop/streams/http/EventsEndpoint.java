package io.searchloop.streams.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.event.EventReader;
import io.searchloop.schemas.event.EventReader.Outcome;
import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.FieldFault;
import io.searchloop.schemas.json.JsonFields;
import io.searchloop.schemas.privacy.Pseudonyms;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.signal.EventLog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * {@code POST /v1/events}: takes a batch, accepts or refuses each event by name, and answers when
 * all are safe. Refused ones are kept with their reason, to be replayed after a fix. When Kafka
 * does not answer in time nothing is promised: the storefront sends the batch again, and equal
 * events count once.
 */
final class EventsEndpoint implements Endpoint {
  /** A tenth of what may wait to be sent, by default: no batch fills the queue. */
  private static final int MAX_EVENTS = 1_000;

  private final EventReader reader = new EventReader();
  private final EventLog log;
  private final Pseudonyms pseudonyms;
  private final InstantSource clock;
  private final Duration timeout;
  private final ServingMetrics metrics;

  /**
   * @param pseudonyms put in the place of visitors' names, in refused events too
   * @param timeout how long to wait for Kafka's acknowledgement
   */
  EventsEndpoint(
      EventLog log,
      Pseudonyms pseudonyms,
      InstantSource clock,
      Duration timeout,
      ServingMetrics metrics) {
    this.log = log;
    this.pseudonyms = pseudonyms;
    this.clock = clock;
    this.timeout = timeout;
    this.metrics = metrics;
  }

  @Override
  public CompletableFuture<HttpReply> answer(HttpCall call) {
    List<CompletableFuture<Void>> stored = new ArrayList<>();
    List<RefusedEvent> refused = new ArrayList<>();
    int index = 0;
    int accepted = 0;
    for (JsonNode sent : events(call)) {
      JsonNode node = pseudonyms.of(sent, call.arrivedAt());
      Outcome outcome = reader.read(node, call.arrivedAt());
      if (outcome instanceof Outcome.Accepted event) {
        accepted++;
        metrics.event("accepted");
        stored.add(log.append(event.event(), event.visitorKey()));
      } else if (outcome instanceof Outcome.Refused refusal) {
        metrics.event(refusal.reason().name().toLowerCase(Locale.ROOT));
        refused.add(RefusedEvent.of(index, refusal.fault()));
        stored.add(log.refuse(letter(node, refusal)));
      }
      index++;
    }
    EventsReply reply = new EventsReply(accepted, refused);
    return CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new))
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle((done, failure) -> failure == null ? accept(reply) : unavailable());
  }

  private static ArrayNode events(HttpCall call) {
    JsonFields fields = new JsonFields(Json.object(call.body()));
    try {
      JsonNode events = fields.present("events").orElse(null);
      fields.end();
      if (events instanceof ArrayNode array) {
        requireFew(array);
        return array;
      }
    } catch (FieldException e) {
      throw new ProblemException(ProblemType.BAD_REQUEST, e.detail());
    }
    throw new ProblemException(
        ProblemType.BAD_REQUEST, "Field `events` is no list, expected a list of events.");
  }

  private static void requireFew(ArrayNode events) {
    if (events.size() > MAX_EVENTS) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "Field `events` has %d events, expected at most %d. Send several batches."
              .formatted(events.size(), MAX_EVENTS));
    }
  }

  private DeadLetter letter(JsonNode node, Outcome.Refused refusal) {
    byte[] payload = Json.bytes(node);
    return DeadLetter.newBuilder()
        .setPayload(ByteBuffer.wrap(payload, 0, Math.min(payload.length, EventReader.MAX_BYTES)))
        .setReason(refusal.reason())
        .setDetail("POST /v1/events: " + refusal.detail())
        .setFoundBy("worker")
        .setTimestamp(clock.instant())
        .build();
  }

  private static HttpReply accept(EventsReply reply) {
    return HttpReply.json(HttpReply.ACCEPTED, reply);
  }

  private static HttpReply unavailable() {
    return ProblemException.retryLater(
            ProblemType.SIGNAL_UNAVAILABLE,
            "Kafka has not acknowledged every event. Send the batch again; events already stored count once.")
        .reply();
  }

  private record EventsReply(int accepted, List<RefusedEvent> refused) {}

  private record RefusedEvent(int index, String reason, String field, String detail) {
    static RefusedEvent of(int index, FieldFault fault) {
      return new RefusedEvent(index, fault.reason().name(), fault.field(), fault.detail());
    }
  }
}
