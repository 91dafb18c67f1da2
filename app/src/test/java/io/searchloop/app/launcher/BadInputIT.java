package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.audit.Audit;
import io.searchloop.app.cli.DocumentedCommands;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.testkit.Eventually;
import io.searchloop.testkit.Program;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a storefront sends: it is named, kept, and stops nothing. What documents say is taken.
 */
class BadInputIT {
  @TempDir Path directory;

  @Test
  void badEventsBecomeDeadLettersWithTheirBytesAndTheLoopGoesOn() throws Exception {
    LoopSettings settings = SmallShop.settings(5, Map.of("trainer.warm-start.steps", "100"));
    try (EmbeddedLoop loop =
        EmbeddedLoop.start(
            directory.resolve("data"),
            directory.resolve("warm-starts"),
            settings,
            GeneratedMarketplace.generate(settings.marketplace()),
            InstantSource.system(),
            stage -> {})) {
      loop.openShop();
      byte[] garbage = "not a record".getBytes(StandardCharsets.UTF_8);
      send(loop, garbage);
      send(loop, loop.serdes().of(Topics.EVENTS).encode(event("teleport", "p1", Instant.now())));
      send(loop, loop.serdes().of(Topics.EVENTS).encode(event("click", "", Instant.now())));
      String answer =
          post(
              loop,
              "/v1/events",
              """
              {"events":[{"action_name":"click","query_id":"q","client_id":"c","object_id":"p",
                "timestamp":1,"colour":"red"}]}
              """);

      assertThat(answer).contains("\"accepted\":0").contains("colour");
      List<DeadLetter> letters = Eventually.present(() -> letters(loop, 4));
      assertThat(letters)
          .extracting(DeadLetter::getReason)
          .containsExactlyInAnyOrder(
              DeadLetterReason.MALFORMED,
              DeadLetterReason.UNKNOWN_ACTION,
              DeadLetterReason.MISSING_FIELD,
              DeadLetterReason.INVALID_FIELD);
      assertThat(letters)
          .anySatisfy(letter -> assertThat(Packed.bytes(letter.getPayload())).isEqualTo(garbage))
          .allSatisfy(letter -> assertThat(letter.getDetail()).contains("expected"));

      assertThat(ListeningSockets.ofThisProcess())
          .as("everything that this process listens on")
          .hasSizeGreaterThanOrEqualTo(7)
          .allSatisfy(socket -> assertThat(socket).matches("(127\\.0\\.0\\.1|::1):\\d+"));
      long searches = loop.shoppers().orElseThrow().searches();
      Eventually.present(
          () ->
              Optional.of(loop.shoppers().orElseThrow())
                  .filter(counts -> counts.searches() > searches + 100));
      assertThat(loop.shoppers().orElseThrow().failedSearches()).isZero();
      loop.closeShop();
      commandsOfTheDocumentsRunAsTheyStand(loop);
      assertThat(
              new Audit(loop.bootstrapServers(), loop.serdes(), KafkaMinibatchSource.GROUP)
                  .run()
                  .violations())
          .isEmpty();
    }
  }

  private void commandsOfTheDocumentsRunAsTheyStand(EmbeddedLoop loop) throws Exception {
    String worker = "127.0.0.1:" + loop.servingPort();
    DocumentedCommands commands =
        new DocumentedCommands(
            Map.of(
                8080, worker,
                8082, URI.create(loop.serdes().registryUrl()).getAuthority(),
                9092, loop.bootstrapServers().addresses()),
            samples(Instant.now().toEpochMilli()));

    Map<String, Program.Ended> ended = commands.runEvents();
    assertThat(ended).hasSizeGreaterThanOrEqualTo(5);
    assertThat(ended)
        .allSatisfy(
            (command, end) -> {
              assertThat(end.exitCode()).as("%s: %s", command, end.said()).isZero();
              if (command.startsWith("events send")) {
                assertThat(end.said()).contains("1 events sent and stored");
              }
            });
    operatorsCommandsRun(loop, commands);
    Optional<Program> bash = Program.find("bash").filter(any -> Program.find("curl").isPresent());
    if (bash.isPresent()) {
      Program.Ended shell = commands.runShell(bash.get());
      assertThat(shell.exitCode()).as(shell.said()).isZero();
      assertThat(shell.said()).contains("\"accepted\":3,\"refused\":[]", "\"suggestions\"");
    }
    assertThat(letters(loop, 0).orElseThrow())
        .as("none was bad, though this shop waits a second only")
        .filteredOn(letter -> letter.getReason() != DeadLetterReason.LATE)
        .hasSize(4);
  }

  private void operatorsCommandsRun(EmbeddedLoop loop, DocumentedCommands commands)
      throws Exception {
    String first = "0"; // the warm start
    String file = directory.resolve("rules").toString();
    Map<String, Program.Ended> ended =
        commands.runOperators(
            Map.ofEntries(
                Map.entry("QUERY_ID", searched(loop)),
                Map.entry("kafka:9092", "127.0.0.1:9092"),
                Map.entry("http://registry:8082", "http://127.0.0.1:8082"),
                Map.entry("N", first),
                Map.entry("4", first),
                Map.entry("FILE", file),
                Map.entry("synonyms.txt", file),
                Map.entry("rules.txt", file),
                Map.entry("TEXT", "a test")));

    assertThat(ended).hasSizeGreaterThanOrEqualTo(14);
    assertThat(ended)
        .allSatisfy(
            (command, end) ->
                assertThat(end.exitCode()).as("%s: %s", command, end.said()).isZero());
  }

  private Map<String, Path> samples(long now) throws Exception {
    return Map.of(
        "jsonl",
        sample(
            "jsonl",
            "{'event_id':'d','client_id':'d','action_name':'add_to_cart','timestamp':%d,'object_id':'p'}"
                .formatted(now)),
        "ubi",
        sample(
            "ubi",
            "{'query_id':'q','client_id':'d','user_query':'mug','timestamp':%d}".formatted(now)),
        "ga4",
        sample(
            "ga4",
            """
            {'client_id':'d','timestamp_micros':%d000,'events':[
              {'name':'add_to_cart','params':{'items':[{'item_id':'p'}]}}]}
            """
                .replaceAll("\\n *", "")
                .formatted(now)));
  }

  private Path sample(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text.replace('\'', '"'));
  }

  private static Optional<List<DeadLetter>> letters(EmbeddedLoop loop, int least) {
    List<DeadLetter> letters =
        TopicLog.readAll(Topics.DEAD_LETTERS, loop.bootstrapServers(), loop.serdes()).stream()
            .map(Located::value)
            .toList();
    return letters.size() < least ? Optional.empty() : Optional.of(letters);
  }

  private static SearchEvent event(String action, String product, Instant time) {
    return SearchEvent.newBuilder()
        .setEventId("bad-" + action)
        .setClientId("somebody")
        .setQueryId("q")
        .setActionName(action)
        .setObjectId(product)
        .setTimestamp(time)
        .build();
  }

  private static void send(EmbeddedLoop loop, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            loop.bootstrapServers().with(Map.of()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.EVENTS.name(), value)).get();
    }
  }

  private static String searched(EmbeddedLoop loop) throws Exception {
    String page = post(loop, "/v1/search", "{\"query\":\"couch\",\"client_id\":\"reader\"}");
    return new ObjectMapper().readTree(page).get("query_id").textValue();
  }

  private static String post(EmbeddedLoop loop, String path, String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + loop.servingPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
