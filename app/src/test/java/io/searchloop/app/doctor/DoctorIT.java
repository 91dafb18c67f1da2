package io.searchloop.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.searchloop.app.doctor.Finding.State;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor beside a broker and a registry that are as they should be, and as they should not. */
class DoctorIT {
  private static final Map<String, String> FREE_PORTS =
      Map.of(
          "broker.port", "0",
          "broker.controller-port", "0",
          "registry.port", "0",
          "flink.port", "0",
          "flink.metrics.port", "0",
          "trainer.metrics.port", "0",
          "serving.port", "0",
          "console.port", "0");

  @TempDir static Path directory;
  private static Platform platform;

  @BeforeAll
  static void start() {
    platform = Platform.start(directory, LoopSettings.of(FREE_PORTS, false));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void findsWhatIsMissingThenWellThenWrong() throws Exception {
    List<Finding> before = examine().findings();
    assertThat(of("topics", before).found()).contains("13 of 13 are missing");
    assertThat(of("registry schemas", before).found()).contains("13 of 13 are not registered");

    try (TopicAdmin topics = new TopicAdmin(platform.bootstrapServers(), "", 2)) {
      topics.ensure(Topics.ALL);
      topics.registerSchemas(platform.serdes().client(), Topics.ALL);
    }
    Diagnosis well = examine();
    assertThat(well.healthy()).as("%s", well).isTrue();
    assertThat(of("Kafka version", well.findings()).found()).startsWith("4.");
    assertThat(of("Kafka streams groups", well.findings()).state()).isEqualTo(State.OK);
    assertThat(of("transactional write", well.findings()).state()).isEqualTo(State.OK);
    assertThat(of("clock", well.findings()).state()).isEqualTo(State.OK);
    assertThat(of("topics", well.findings()).state()).isEqualTo(State.OK);
    assertThat(of("registry compatibility", well.findings()).found()).isEqualTo("FULL_TRANSITIVE");
    assertThat(of("ONNX Runtime", well.findings()).found()).startsWith("1.");
    assertThat(of("libtorch", well.findings()).state()).isEqualTo(State.OK);
    assertThat(of("RocksDB", well.findings()).state()).isEqualTo(State.OK);

    spoil();
    Diagnosis ill = examine();
    assertThat(ill.healthy()).isFalse();
    assertThat(of("topic settings", ill.findings()).found())
        .contains("policy.releases.v1: retention.ms is 1000, expected -1");
    assertThat(of("registry schemas", ill.findings()).found())
        .contains("search.events.v1-value does not fit");
    assertThat(of("registry compatibility", ill.findings()).remedy()).contains("/config");
    try (Admin admin = admin()) {
      assertThat(admin.listTopics().names().get())
          .as("the probe's topic is gone")
          .noneMatch(name -> name.startsWith("searchloop-doctor"));
    }
  }

  @Test
  void saysThatNobodyAnswers() {
    Map<String, String> given = new TreeMap<>(FREE_PORTS);
    given.put("loop.kafka", "127.0.0.1:1");
    given.put("loop.registry", "http://127.0.0.1:1");

    Diagnosis diagnosis = doctor(given).examine();

    assertThat(diagnosis.healthy()).isFalse();
    assertThat(of("Kafka", diagnosis.findings()).remedy()).contains("--loop.kafka");
    assertThat(of("registry", diagnosis.findings()).remedy()).contains("--loop.registry");
  }

  @Test
  void comparesClocks() {
    InstantSource late = () -> Instant.now().minus(Duration.ofMinutes(1));
    try (Admin admin = admin()) {
      List<Finding> findings = new BrokerProbe(platform.bootstrapServers(), admin, late).findings();

      assertThat(of("clock", findings).state()).isEqualTo(State.PROBLEM);
      assertThat(of("clock", findings).found()).contains("ahead");
    }
  }

  /** Releases that expire, and a schema of events that nobody could read. */
  private static void spoil() throws Exception {
    ConfigResource releases =
        new ConfigResource(ConfigResource.Type.TOPIC, Topics.POLICY_RELEASES.name());
    try (Admin admin = admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  releases,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
    var registry = platform.serdes().client();
    String subject = Topics.EVENTS.subject();
    registry.updateCompatibility(subject, "NONE");
    registry.register(
        subject,
        new AvroSchema(
            "{\"type\":\"record\",\"name\":\"Other\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}"));
    registry.updateCompatibility(subject, "FULL");
    registry.updateCompatibility(null, "BACKWARD");
  }

  private static Diagnosis examine() {
    Map<String, String> given = new TreeMap<>(FREE_PORTS);
    given.put("loop.kafka", platform.bootstrapServers().addresses());
    given.put("loop.registry", platform.serdes().registryUrl());
    return doctor(given).examine();
  }

  private static Doctor doctor(Map<String, String> given) {
    return new Doctor(LoopSettings.of(given, false), directory, InstantSource.system());
  }

  private static Admin admin() {
    return Admin.create(platform.bootstrapServers().with(Map.of()));
  }

  private static Finding of(String check, List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No finding of " + check + " in " + findings));
  }
}
