package io.searchloop.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.access.Knock;
import io.searchloop.schemas.access.Person;
import io.searchloop.schemas.privacy.Pseudonyms;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.signal.EventLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The body of a search, a rewrite or a batch of events. What is refused is refused as a problem of
 * the client; an event that is let in, or buried, can be written to its topic.
 */
class RequestBodiesFuzz {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final EventsEndpoint EVENTS =
      new EventsEndpoint(
          new WrittenLog(),
          Pseudonyms.NONE,
          InstantSource.fixed(NOW),
          Duration.ofSeconds(9),
          new ServingMetrics());

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{'query':'couch','client_id':'me','session_id':'s','locale':'en','limit':10,'annotations':['a'],'session_queries':['sofa']}",
            "{'events':[{'action_name':'click','query_id':'q','client_id':'me','object_id':'p','position':{'ordinal':1},'timestamp':'2026-01-02T03:00:00Z'}]}",
            "{'events':[{'action_name':'purchase','client_id':'me','object_id':'p','order_id':'o','order_line':1,'quantity':1,'minor_units':199,'currency':'EUR','timestamp':1767322800000},{'page':['p'],'view':'x','event_id':'e','user_query':'u','position_ordinal':1}]}")
        .map(text -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void answers(byte[] body) throws Exception {
    Bounds.within(
        body.length,
        () -> {
          search(call(body));
          events(call(body));
        });
  }

  private static void search(HttpCall call) {
    try {
      ShopperRequest request = ShopperRequest.read(call, 10);
      assertThat(request.limit()).isBetween(1, 100);
      assertThat(request.rewrite().query()).isNotBlank();
    } catch (ProblemException e) {
      requireProblem(e.reply());
    }
  }

  private static void events(HttpCall call) {
    try {
      HttpReply reply = EVENTS.answer(call).join();
      assertThat(reply.status()).isEqualTo(HttpReply.ACCEPTED);
    } catch (ProblemException e) {
      requireProblem(e.reply());
    }
  }

  private static void requireProblem(HttpReply reply) {
    assertThat(reply.status()).isBetween(400, 499);
    assertThat(reply.body()).containsAnyOf("Field `", "Fields `", "Event is", "Body is");
  }

  private static HttpCall call(byte[] body) {
    return new HttpCall(
        ByteBuffer.wrap(body),
        "application/json",
        Map.of(),
        "",
        "",
        new Knock("", "127.0.0.1"),
        Person.ANYBODY,
        NOW);
  }

  /** Writes as the worker does, and sends nothing. */
  private static final class WrittenLog implements EventLog {
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroSerde<SearchEvent> events = new AvroSerde<>(Topics.EVENTS, registry, true);
    private final AvroSerde<DeadLetter> letters =
        new AvroSerde<>(Topics.DEAD_LETTERS, registry, true);

    @Override
    public CompletableFuture<Void> append(SearchEvent event, String visitorKey) {
      assertThat(visitorKey).isNotEmpty();
      events.deserialize(events.encode(event));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> refuse(DeadLetter letter) {
      letters.deserialize(letters.encode(letter));
      return CompletableFuture.completedFuture(null);
    }
  }
}
