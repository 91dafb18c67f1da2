package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.audit.Audit;
import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.launcher.EmbeddedLoop;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.SmallShop;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.trace.MinibatchMembers;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.privacy.PseudonymFile;
import io.searchloop.testkit.Eventually;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** A visitor under a pseudonym is forgotten by a loop that has learned from them. */
class PrivacyCommandIT {
  private static final String SECRET = "zzqx";
  private static final String NAME = "jane-doe-";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final StringWriter out = new StringWriter();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private String name = "";
  @TempDir Path directory;

  @Test
  void forgetsAVisitorAndNamesWhatLearnedFromThem() throws Exception {
    Path keys = directory.resolve("pseudonyms");
    PseudonymFile.add(keys, Instant.EPOCH, new SecureRandom());
    LoopSettings settings =
        LoopSettings.of(
            SmallShop.values(
                5,
                Map.of(
                    "serving.pseudonym-keys",
                    keys.toString(),
                    // The purchase must come within it, whatever else this machine does.
                    "reward.long-window",
                    "PT2M")),
            false);
    Dataset shop = GeneratedMarketplace.generate(settings.marketplace());
    Logger all = (Logger) LoggerFactory.getLogger("io.searchloop");
    logged.start();
    all.addAppender(logged);
    try (EmbeddedLoop loop =
        EmbeddedLoop.start(
            directory.resolve("data"),
            directory.resolve("warm-starts"),
            settings,
            shop,
            InstantSource.system(),
            stage -> {})) {
      loop.openShop();
      String typed = popular(shop);
      List<String> searches = new ArrayList<>();
      Set<Long> versions =
          Eventually.decided(
              () -> {
                searches.add(search(loop, typed).get("query_id").textValue());
                act(loop, searches.get(searches.size() - 1), "impression", "\"page\":[\"p\"]");
                return learnedFrom(loop, searches);
              });
      String open = search(loop, SECRET + " shoes").get("query_id").textValue();
      act(loop, open, "impression", "\"page\":[]");

      assertThat(erase(loop, keys, "--dry-run", "--output", "json")).isEqualTo(ExitCode.OK);
      JsonNode report = json.readTree(out.toString());
      assertThat(longs(report.at("/taught/directly"))).containsAll(versions);
      assertThat(report.at("/erasures")).isEmpty();
      assertThat(report.at("/expiries/0/gone_by").textValue())
          .as("thirty days and a segment later: %s", report)
          .startsWith("20");

      assertThat(erase(loop, keys)).as(out.toString()).isEqualTo(ExitCode.OK);
      assertThat(out.toString())
          .contains("%1$d searches, %1$d events".formatted(searches.size() + 1))
          .contains("is done: a checkpoint", "Versions trained on them: [")
          .contains("./searchloop policy rollback --to-offset ");

      act(loop, searches.get(0), "purchase", "\"order_id\":\"o\",\"order_line\":1,\"quantity\":1");
      Eventually.present(() -> Optional.of(erased(loop)).filter(count -> count == 2));
      loop.closeShop();
      AuditReport audit = audit(loop);
      assertThat(audit.violations()).isEmpty();
      assertThat(tuplesOf(loop, searches.get(0)))
          .as("the purchase was not joined")
          .allMatch(tuple -> tuple.getSequence() == 0);
      namesNobody(loop);
      assertThat(List.copyOf(logged.list))
          .isNotEmpty()
          .allSatisfy(event -> assertThat(text(event)).doesNotContain(SECRET, NAME));
      auditsWhatIsLeft(loop);
    } finally {
      all.detachAppender(logged);
    }
  }

  private static String popular(Dataset shop) {
    return shop.queries(Split.TRAIN).stream()
        .max(Comparator.comparingDouble(JudgedQuery::popularity))
        .orElseThrow()
        .text();
  }

  /** What is raw expires first. */
  private static void auditsWhatIsLeft(EmbeddedLoop loop) throws Exception {
    try (Admin admin = Admin.create(loop.bootstrapServers().with(Map.of()))) {
      Map<TopicPartition, RecordsToDelete> half =
          Stream.of(Topics.DECISIONS, Topics.EVENTS)
              .flatMap(
                  topic ->
                      Stream.of(0, 1).map(partition -> new TopicPartition(topic.name(), partition)))
              .collect(
                  Collectors.toMap(
                      partition -> partition, partition -> RecordsToDelete.beforeOffset(10)));
      admin.deleteRecords(half).all().get();
    }

    AuditReport audit = audit(loop);

    assertThat(audit.violations()).isEmpty();
    assertThat(audit.notes()).anySatisfy(note -> assertThat(note).contains("have expired"));
  }

  private static void namesNobody(EmbeddedLoop loop) {
    assertThat(read(loop, Topics.DECISIONS))
        .extracting(Decision::getClientId)
        .allMatch(visitor -> visitor.startsWith("p."));
    assertThat(read(loop, Topics.EVENTS))
        .extracting(SearchEvent::getClientId)
        .allMatch(visitor -> visitor.startsWith("p."));
  }

  /** A search of a visitor whom the policy serves; who that is shows when they ask. */
  private JsonNode search(EmbeddedLoop loop, String query) throws Exception {
    for (int i = 0; name.isEmpty(); i++) {
      JsonNode reply = search(loop, query, NAME + i);
      if (reply.get("arm").textValue().equals("policy")) {
        name = NAME + i;
        return reply;
      }
    }
    return search(loop, query, name);
  }

  private JsonNode search(EmbeddedLoop loop, String query, String visitor) throws Exception {
    return json.readTree(
        post(
            loop,
            "/v1/search",
            "{\"query\":\"%s\",\"client_id\":\"%s\"}".formatted(query, visitor)));
  }

  private void act(EmbeddedLoop loop, String queryId, String action, String more) throws Exception {
    String event =
        "{\"events\":[{\"client_id\":\"%s\",\"query_id\":\"%s\",\"action_name\":\"%s\",\"timestamp\":%d,%s%s}]}"
            .formatted(
                name,
                queryId,
                action,
                Instant.now().toEpochMilli(),
                action.equals("purchase") ? "\"object_id\":\"p\"," : "",
                more);
    assertThat(post(loop, "/v1/events", event)).contains("\"accepted\":1");
  }

  private String post(EmbeddedLoop loop, String path, String body) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + loop.servingPort() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private int erase(EmbeddedLoop loop, Path keys, String... more) {
    out.getBuffer().setLength(0);
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "privacy",
                    "erase",
                    "--client",
                    name,
                    "--pseudonym-keys",
                    keys.toString(),
                    "--bootstrap",
                    loop.bootstrapServers().addresses(),
                    "--registry",
                    loop.serdes().registryUrl()),
                Stream.of(more))
            .toList();
    CommandLine line =
        Main.commandLine(new Settings(List.of(), Map.of())).setOut(new PrintWriter(out, true));
    return line.execute(arguments.toArray(String[]::new));
  }

  /** Releases whose minibatches hold a rollout of the searches; empty while there is none. */
  private static Optional<Set<Long>> learnedFrom(EmbeddedLoop loop, List<String> searches) {
    List<Located<Minibatch>> minibatches =
        TopicLog.readAll(Topics.MINIBATCHES, loop.bootstrapServers(), loop.serdes());
    Set<Long> offsets =
        minibatches.stream()
            .filter(
                minibatch ->
                    MinibatchMembers.of(minibatch.value())
                        .map(member -> member.getRolloutId().replaceFirst("#.*", ""))
                        .anyMatch(searches::contains))
            .map(Located::offset)
            .collect(Collectors.toSet());
    Set<Long> versions = new TreeSet<>();
    for (PolicyHistory.Release release :
        PolicyHistory.read(loop.bootstrapServers(), loop.serdes()).releases()) {
      PolicyProvenance provenance = release.manifest().provenance();
      if (release.released()
          && offsets.stream()
              .anyMatch(at -> provenance.fromMinibatch() <= at && at < provenance.toMinibatch())) {
        versions.add(release.version());
      }
    }
    boolean served =
        versions.stream().anyMatch(version -> version <= loop.worker().activeVersion());
    return Optional.of(versions).filter(found -> served);
  }

  private static long erased(EmbeddedLoop loop) {
    Map<Integer, Long> newest = new TreeMap<>();
    for (Ledger ledger : read(loop, Topics.LEDGER)) {
      if (ledger.getTopic().equals(Topics.EVENTS.name())) {
        newest.put(ledger.getPartition(), ledger.getErased());
      }
    }
    return newest.values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<RewardTuple> tuplesOf(EmbeddedLoop loop, String queryId) {
    return read(loop, Topics.REWARDS).stream()
        .filter(tuple -> tuple.getQueryId().equals(queryId))
        .toList();
  }

  private static AuditReport audit(EmbeddedLoop loop) {
    return new Audit(loop.bootstrapServers(), loop.serdes(), KafkaMinibatchSource.GROUP).run();
  }

  private static <V extends SpecificRecord> List<V> read(EmbeddedLoop loop, Topic<V> topic) {
    return TopicLog.readAll(topic, loop.bootstrapServers(), loop.serdes()).stream()
        .map(Located::value)
        .toList();
  }

  private static List<Long> longs(JsonNode list) {
    return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
        .map(i -> list.get(i).longValue())
        .toList();
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage()
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }
}
