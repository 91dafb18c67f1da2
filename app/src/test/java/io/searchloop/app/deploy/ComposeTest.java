package io.searchloop.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.jobs.io.KafkaSinks;
import io.searchloop.testkit.Program;
import io.searchloop.testkit.Tool;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;

/** The compose file against the code: ports, settings, versions, images, files. */
class ComposeTest {
  private static final JsonNode SERVICES = Repository.yaml("docker-compose.yml").path("services");
  private static final ComponentSettings SETTINGS =
      ComponentSettings.of(settings("worker"), settings("trainer"), settings("jobs"));

  @Test
  void dockerComposeAcceptsIt() {
    assumeTrue(Tool.DOCKER_COMPOSE.present(), Tool.DOCKER_COMPOSE.missing());

    assertThat(Tool.DOCKER_COMPOSE.ask(Repository.ROOT, "", "config", "--quiet"))
        .isEqualTo(new Program.Ended(0, ""));
  }

  @Test
  void componentsFindEachOther() {
    String kafka = environment("kafka").path("KAFKA_ADVERTISED_LISTENERS").asText();
    String registry = environment("schema-registry").path("SCHEMA_REGISTRY_LISTENERS").asText();

    for (String found :
        List.of(SETTINGS.kafka().bootstrapServers(), SETTINGS.main().bootstrapServers())) {
      assertThat("PLAINTEXT://" + found).isEqualTo(kafka);
    }
    assertThat(SETTINGS.kafka().registryUrl())
        .isEqualTo(registry.replace("0.0.0.0", "schema-registry"))
        .isEqualTo(SETTINGS.main().registryUrl());
    assertThat(SETTINGS.worker().host()).isEqualTo("0.0.0.0");
    assertThat(SETTINGS.metrics().host()).isEqualTo("0.0.0.0");
  }

  @Test
  void portsAreThoseThatComponentsListenOn() {
    assertThat(Image.of("searchloop/worker").port()).isEqualTo(SETTINGS.worker().port());
    assertThat(Image.of("searchloop/trainer").port()).isEqualTo(SETTINGS.metrics().port());
    assertThat(healthcheck("worker")).contains("/" + SETTINGS.worker().port(), "GET /readyz");
    assertThat(healthcheck("trainer")).contains("/" + SETTINGS.metrics().port(), "GET /livez");

    int flink = LoopSettings.of(Map.of(), false).flinkMetrics().port();
    assertThat(environment("jobmanager").path("FLINK_PROPERTIES").asText())
        .contains("metrics.reporter.prom.port: " + flink)
        .contains("taskmanager.numberOfTaskSlots: 6");
    assertThat(scraped())
        .containsExactlyInAnyOrder(
            "worker:" + SETTINGS.worker().port(),
            "trainer:" + SETTINGS.metrics().port(),
            "jobmanager:" + flink,
            "taskmanager:" + flink);
  }

  @Test
  void versionsAreThoseOfTheBuild() {
    assertThat(image("kafka")).isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
    assertThat(Image.of("searchloop/flink").bases())
        .contains("flink:" + EnvironmentInformation.getVersion() + "-java17");
  }

  @Test
  void everyImageOfOursIsBuiltFromItsFile() throws ClassNotFoundException {
    Set<String> ours = new HashSet<>();
    for (JsonNode service : SERVICES) {
      String reference = service.path("image").asText();
      if (reference.startsWith("searchloop/")) {
        Image image = Image.of(reference);
        ours.add(image.name());
        assertThat(reference).endsWith(":" + Image.TAG);
        assertThat(service.at("/build/dockerfile").asText())
            .isEqualTo(Image.dockerfile(image.name()));
        for (String main : image.mains()) {
          assertThat(Class.forName(main)).hasDeclaredMethods("main");
        }
      } else {
        assertThat(reference).as("a fixed version").matches("[\\w./-]+:v?\\d[\\w.-]*");
      }
    }
    assertThat(ours).contains("searchloop", "worker", "trainer", "flink");
  }

  @Test
  void whatRunsForEverIsWatchedAndStartedAgain() {
    SERVICES
        .fields()
        .forEachRemaining(
            service -> {
              boolean once =
                  service.getKey().equals("jobs")
                      || service.getValue().path("profiles").toString().contains("setup");
              assertThat(service.getValue().has("healthcheck") || once)
                  .as("health check of " + service.getKey())
                  .isTrue();
              assertThat(service.getValue().has("restart") || once)
                  .as("restart of " + service.getKey())
                  .isTrue();
            });
  }

  @Test
  void mountedFilesExist() {
    Set<String> mounted = new TreeSet<>();
    for (JsonNode service : SERVICES) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().split(":", 2)[0];
        if (source.startsWith("./")) {
          mounted.add(source);
        }
      }
    }
    assertThat(mounted)
        .hasSizeGreaterThan(5)
        .allSatisfy(file -> assertThat(Files.exists(Repository.ROOT.resolve(file))).isTrue());
  }

  @Test
  void transactionsAndPartitionsSufficeForTheJobs() {
    long longest = environment("kafka").path("KAFKA_TRANSACTION_MAX_TIMEOUT_MS").asLong();
    assertThat(longest).isGreaterThanOrEqualTo(KafkaSinks.TRANSACTION_TIMEOUT.toMillis());
    Set<Integer> partitions = new HashSet<>();
    for (JsonNode service : SERVICES) {
      partitions(service.path("command").toString()).forEach(partitions::add);
    }
    assertThat(partitions).hasSize(1);
    assertThat(partitions.iterator().next())
        .isGreaterThanOrEqualTo(SETTINGS.attribution().parallelism())
        .isGreaterThanOrEqualTo(SETTINGS.assembly().parallelism());
  }

  @Test
  void variablesOfOursAreRead() {
    String readers =
        Repository.text("searchloop")
            + Repository.text("app/src/main/resources/logback.xml")
            + Repository.text("deploy/images/submit-jobs.sh")
            + io.searchloop.schemas.client.ClientConfig.VARIABLE;
    Set<String> variables = new TreeSet<>();
    for (String file : Repository.files("deploy", "")) {
      variables.addAll(variables(Repository.text(file)));
    }
    variables.addAll(variables(Repository.text("docker-compose.yml")));
    variables.remove("SEARCHLOOP_DATASET"); // compose's own

    assertThat(variables).isNotEmpty().allSatisfy(name -> assertThat(readers).contains(name));
  }

  @Test
  void badSettingsAreRefusedByName() {
    assertThatThrownBy(
            () ->
                ComponentSettings.of("serving.prot=1", "trainer.metrics.port=-1", settings("jobs")))
        .hasMessageContaining("serving.prot");
  }

  private static Set<String> variables(String text) {
    Set<String> found = new TreeSet<>();
    Pattern.compile("\\bSEARCHLOOP_[A-Z_]+")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .forEach(found::add);
    return found;
  }

  static List<Integer> partitions(String command) {
    return Pattern.compile("--loop\\.partitions=(\\d+)")
        .matcher(command)
        .results()
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  private static Set<String> scraped() {
    Set<String> targets = new HashSet<>();
    for (JsonNode list :
        Repository.yaml("deploy/dashboards/prometheus.yml").findValues("targets")) {
      list.forEach(target -> targets.add(target.asText()));
    }
    return targets;
  }

  private static String settings(String component) {
    return Repository.text("deploy/compose/" + component + ".properties");
  }

  private static JsonNode environment(String service) {
    return SERVICES.path(service).path("environment");
  }

  private static String healthcheck(String service) {
    return SERVICES.path(service).path("healthcheck").path("test").toString();
  }

  private static String image(String service) {
    return SERVICES.path(service).path("image").asText();
  }
}
