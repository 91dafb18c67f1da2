package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Speaks to the registry through Confluent's own client wherever that client has a method. */
class EmbeddedRegistryIT {
  private static final RegistryConfig FREE_PORT = new RegistryConfig(0);

  /** A field with a default may be added and removed: compatible in both directions. */
  private static final AvroSchema FIRST = schema("{'name':'query','type':'string','default':''}");

  private static final AvroSchema COMPATIBLE =
      schema(
          "{'name':'query','type':'string','default':''},"
              + "{'name':'limit','type':'int','default':10}");
  private static final AvroSchema INCOMPATIBLE =
      schema("{'name':'query','type':'long','default':0}");

  private static EmbeddedBroker broker;
  private EmbeddedRegistry registry;
  private String subject = "";

  @BeforeAll
  static void startBroker(@TempDir Path data) {
    broker = EmbeddedBroker.start(data, new BrokerConfig(0, 0));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void startRegistry(TestInfo test) {
    registry = EmbeddedRegistry.start(Brokers.at(broker.bootstrapServers()), FREE_PORT);
    subject = test.getTestMethod().orElseThrow().getName() + "-value";
  }

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  @Test
  void findsRegisteredSchemasByIdSubjectAndVersion() throws Exception {
    SchemaRegistryClient client = client();
    int id = client.register(subject, FIRST);
    int second = client.register(subject, COMPATIBLE);

    assertThat(second).isNotEqualTo(id);
    assertThat(client().getSchemaById(id).canonicalString()).isEqualTo(FIRST.canonicalString());
    assertThat(client().getId(subject, FIRST)).isEqualTo(id);
    assertThat(client().getVersion(subject, COMPATIBLE)).isEqualTo(2);
    assertThat(client().getAllVersions(subject)).containsExactly(1, 2);
    assertThat(client().getLatestSchemaMetadata(subject).getId()).isEqualTo(second);
    assertThat(client().getSchemaMetadata(subject, 1).getSchema())
        .isEqualTo(FIRST.canonicalString());
    assertThat(client().getAllSubjects()).contains(subject);
    assertThat(client().getAllSubjectsById(second)).contains(subject);
  }

  @Test
  void givesOneIdToEqualSchemasOfDifferentSubjects() throws Exception {
    int id = client().register(subject, FIRST);

    assertThat(client().register(subject + "-too", FIRST)).isEqualTo(id);
    assertThat(client().register(subject, FIRST)).isEqualTo(id);
    assertThat(client().getAllVersions(subject)).containsExactly(1);
  }

  @Test
  void keepsIdsLevelsAndVersionsOverARestart() throws Exception {
    int id = client().register(subject, FIRST);
    client().updateCompatibility(subject, "NONE");
    client().register(subject, INCOMPATIBLE);

    registry.close();
    registry = EmbeddedRegistry.start(Brokers.at(broker.bootstrapServers()), FREE_PORT);

    assertThat(client().getSchemaById(id).canonicalString()).isEqualTo(FIRST.canonicalString());
    assertThat(client().getAllVersions(subject)).containsExactly(1, 2);
    assertThat(client().getCompatibility(subject)).isEqualTo("NONE");
    AvroSchema unseen = schema("{'name':'unseen','type':'string','default':''}");
    assertThat(client().register(subject + "-new", unseen)).isGreaterThan(id);
  }

  @Test
  void refusesAnIncompatibleSchemaAndSaysWhy() throws Exception {
    client().register(subject, FIRST);

    assertThat(client().testCompatibility(subject, INCOMPATIBLE)).isFalse();
    assertThat(client().testCompatibility(subject, COMPATIBLE)).isTrue();
    assertThat(client().testCompatibilityVerbose(subject, INCOMPATIBLE))
        .anyMatch(message -> message.contains("TYPE_MISMATCH"));
    assertThatThrownBy(() -> client().register(subject, INCOMPATIBLE))
        .isInstanceOfSatisfying(
            RestClientException.class,
            e -> {
              assertThat(e.getStatus()).isEqualTo(409);
              assertThat(e.getErrorCode()).isEqualTo(409);
              assertThat(e).hasMessageContaining(subject).hasMessageContaining("TYPE_MISMATCH");
            });
    assertThat(client().getAllVersions(subject)).containsExactly(1);
  }

  @Test
  void comparesWithAllVersionsUnlessTheLevelSaysOtherwise() throws Exception {
    AvroSchema other = schema("{'name':'other','type':'string','default':''}");
    client().register(subject, FIRST);
    client().register(subject, other);

    // Compatible with version 2, which lacks the field, but not with version 1.
    assertThatThrownBy(() -> client().register(subject, INCOMPATIBLE))
        .isInstanceOf(RestClientException.class);
    client().updateCompatibility(subject, "FULL");
    assertThat(client().register(subject, INCOMPATIBLE)).isPositive();
  }

  @Test
  void defaultsToFullTransitive() throws Exception {
    assertThat(client().getCompatibility(null)).isEqualTo("FULL_TRANSITIVE");
    assertThatThrownBy(() -> client().getCompatibility(subject))
        .satisfies(e -> assertThat(code(e)).isEqualTo(40408));
  }

  @Test
  void answersWithTheErrorCodesClientsKnow() throws Exception {
    client().register(subject, FIRST);

    assertThatThrownBy(() -> client().getAllVersions("nobody"))
        .satisfies(e -> assertThat(code(e)).isEqualTo(40401));
    assertThatThrownBy(() -> client().getSchemaMetadata(subject, 7))
        .satisfies(e -> assertThat(code(e)).isEqualTo(40402));
    assertThatThrownBy(() -> client().getId(subject, COMPATIBLE))
        .satisfies(e -> assertThat(code(e)).isEqualTo(40403));
    assertThatThrownBy(() -> client().getSchemaById(4711))
        .satisfies(e -> assertThat(code(e)).isEqualTo(40403));
    assertThatThrownBy(() -> client().updateCompatibility(subject, "SOMETIMES"))
        .satisfies(e -> assertThat(code(e)).isEqualTo(42203));
  }

  @Test
  void refusesWhatIsNoAvroSchema() throws Exception {
    HttpResponse<String> invalid =
        post(
            "/subjects/" + subject + "/versions",
            "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}");
    HttpResponse<String> protobuf =
        post(
            "/subjects/" + subject + "/versions",
            "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax\"}");
    HttpResponse<String> noJson = post("/subjects/" + subject + "/versions", "{");

    assertThat(invalid.statusCode()).isEqualTo(422);
    assertThat(invalid.body()).contains("\"error_code\":42201").contains("Invalid schema");
    assertThat(protobuf.statusCode()).isEqualTo(422);
    assertThat(noJson.statusCode()).isEqualTo(400);
    assertThat(post("/no/such/path", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void writesConfluentsRecordFormat() throws Exception {
    int id = client().register(subject, FIRST);

    assertThat(KafkaRecords.committed(broker.bootstrapServers(), SchemaLog.TOPIC, 1))
        .anySatisfy(
            value ->
                assertThat(value)
                    .startsWith("{\"subject\":\"" + subject + "\",\"version\":1,\"id\":" + id)
                    .endsWith(",\"deleted\":false}"));
  }

  private SchemaRegistryClient client() {
    return new Serdes(registry.url(), true).client();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(registry.url() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static int code(Throwable e) {
    return ((RestClientException) e).getErrorCode();
  }

  private static AvroSchema schema(String fields) {
    String json = "{'type':'record','name':'Search','fields':[" + fields + "]}";
    return new AvroSchema(json.replace('\'', '"'), List.of(), Map.of(), null);
  }
}
