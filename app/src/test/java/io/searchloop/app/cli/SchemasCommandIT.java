package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.searchloop.app.launcher.BrokerConfig;
import io.searchloop.app.launcher.EmbeddedBroker;
import io.searchloop.app.launcher.EmbeddedRegistry;
import io.searchloop.app.launcher.RegistryConfig;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.schemas.serde.UndecodableRecordException;
import io.searchloop.testkit.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A registry loses its topic, and what was written before must be readable after. */
class SchemasCommandIT {
  private static final String OTHER =
      "{\"type\":\"record\",\"name\":\"Other\",\"fields\":[{\"name\":\"%s\",\"type\":\"string\",\"default\":\"\"}]}";
  private static final PolicyControl RECORD =
      PolicyControl.newBuilder().setDecisionId("d1").setWho("ada").build();

  private final StringWriter said = new StringWriter();
  @TempDir Path directory;

  @Test
  void anEmptyRegistryGetsTheIdsBackThatRecordsHold() throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(directory.resolve("kafka"), new BrokerConfig(0, 0))) {
      Brokers brokers = Brokers.at(broker.bootstrapServers());
      Path file = directory.resolve("schemas.json");
      byte[] bytes;
      try (EmbeddedRegistry registry = EmbeddedRegistry.start(brokers, new RegistryConfig(0))) {
        other(registry, "first");
        other(registry, "second");
        bytes = new Serdes(registry.url(), true).of(Topics.POLICY_CONTROL).encode(RECORD);
        assertThat(run(registry, "export", "--out", file.toString())).isEqualTo(ExitCode.OK);
      }

      lose(brokers);
      try (EmbeddedRegistry registry = EmbeddedRegistry.start(brokers, new RegistryConfig(0))) {
        Serdes serdes = new Serdes(registry.url(), true);
        serdes.of(Topics.POLICY_CONTROL).encode(RECORD); // registers, as the first now
        other(registry, "third");
        assertThatThrownBy(() -> read(registry, bytes))
            .isInstanceOf(UndecodableRecordException.class);
        assertThat(run(registry, "import", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(said.toString())
            .contains("not those of the file")
            .contains("empty the registry");
        assertThat(serdes.client().getAllSubjects()).hasSize(2);
      }

      lose(brokers);
      try (EmbeddedRegistry registry = EmbeddedRegistry.start(brokers, new RegistryConfig(0))) {
        assertThat(run(registry, "import", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(read(registry, bytes)).isEqualTo(RECORD);
        assertThat(run(registry, "import", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(said.toString()).contains("nothing was written");
        SchemaRegistryClient client = new Serdes(registry.url(), true).client();
        assertThat(client.getMode()).isEqualTo("READWRITE");
        assertThat(client.getAllVersions("other-value")).containsExactly(1, 2);
        assertThat(other(registry, "third")).isGreaterThan(3);
      }
    }
  }

  private static int other(EmbeddedRegistry registry, String field) throws Exception {
    return new Serdes(registry.url(), true)
        .client()
        .register("other-value", new AvroSchema(OTHER.formatted(field)));
  }

  private static PolicyControl read(EmbeddedRegistry registry, byte[] bytes) {
    return new Serdes(registry.url(), false).of(Topics.POLICY_CONTROL).deserialize(bytes);
  }

  private static void lose(Brokers brokers) throws Exception {
    try (Admin admin = Admin.create(brokers.with(Map.of()))) {
      admin.deleteTopics(List.of("_schemas")).all().get();
      Eventually.present(
          () -> names(admin).contains("_schemas") ? Optional.empty() : Optional.of("gone"));
    }
  }

  private static Set<String> names(Admin admin) throws Exception {
    return admin.listTopics().names().get();
  }

  private int run(EmbeddedRegistry registry, String... arguments) {
    CommandLine line = Main.commandLine(Settings.of(new String[0]));
    PrintWriter out = new PrintWriter(said, true);
    line.setOut(out).setErr(out);
    line.setExecutionExceptionHandler(
        (e, command, result) -> {
          out.println(e.getMessage());
          return ExitCode.FAILED;
        });
    String[] all = new String[arguments.length + 3];
    all[0] = "schemas";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--registry";
    all[arguments.length + 2] = registry.url();
    return line.execute(all);
  }
}
