package io.searchloop.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.testkit.Program;
import io.searchloop.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alert rules and dashboards name what components really show, and each alert has its section. */
class DashboardsTest {
  private static final String FOLDER = "deploy/dashboards";
  private static final Pattern SERIES = Pattern.compile("\\b(?:searchloop|flink)_\\w+");

  static List<String> dashboards() {
    return Repository.files(FOLDER + "/grafana/dashboards", ".json");
  }

  @Test
  void alertsNameSeriesThatExist() {
    assertThat(known()).containsAll(named(alerts().map(rule -> rule.path("expr").asText())));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void dashboardsNameSeriesThatExist(String file) {
    JsonNode dashboard = Repository.json(file);
    Set<String> named =
        named(
            Stream.concat(
                dashboard.findValuesAsText("expr").stream(),
                dashboard.path("annotations").findValuesAsText("expr").stream()));

    assertThat(named).hasSizeGreaterThan(8);
    assertThat(known()).containsAll(named);
    assertThat(dashboard.findValuesAsText("uid")).contains("searchloop");
    assertThat(dashboard.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
  }

  @Test
  void everyAlertSaysWhatToDo() {
    Set<String> sections = sections();
    List<JsonNode> alerts = alerts().toList();

    assertThat(alerts).hasSizeGreaterThan(20);
    for (JsonNode alert : alerts) {
      String name = alert.path("alert").asText();
      JsonNode words = alert.path("annotations");
      assertThat(alert.path("for").asText()).as(name).matches("\\d+m");
      assertThat(alert.path("labels").path("severity").asText())
          .as(name)
          .isIn("critical", "warning");
      assertThat(words.path("summary").asText()).as(name).isNotBlank();
      assertThat(words.path("description").asText()).as(name).isNotBlank();
      assertThat(words.path("runbook_url").asText())
          .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
    }
    assertThat(alerts.stream().map(alert -> alert.path("alert").asText()))
        .as("alerts, and sections of the runbook")
        .containsExactlyInAnyOrderElementsOf(sections);
  }

  @Test
  void promtoolAcceptsTheRulesAndTheirTests() {
    assumeTrue(Tool.PROMTOOL.present(), Tool.PROMTOOL.missing());

    Program.Ended config = ask("check", "config", "prometheus.yml");
    assertThat(config.exitCode()).as(config.said()).isZero();
    Program.Ended tests = ask("test", "rules", "alerts-test.yml");
    assertThat(tests.exitCode()).as(tests.said()).isZero();
  }

  /** Debian's promtool is built without Kubernetes' discovery, so everything else is checked. */
  @Test
  void promtoolAcceptsTheConfigurationForKubernetes(@TempDir Path directory) throws IOException {
    assumeTrue(Tool.PROMTOOL.present(), Tool.PROMTOOL.missing());
    String discovery = "kubernetes_sd_configs:(?s:.*?)(?= {4}relabel_configs)";
    String text = Repository.text(FOLDER + "/prometheus-kubernetes.yml");
    Files.writeString(
        directory.resolve("prometheus.yml"),
        text.replaceFirst(discovery, "static_configs: [{targets: [pod]}]\n"));
    Files.writeString(directory.resolve("alerts.yml"), Repository.text(FOLDER + "/alerts.yml"));

    Program.Ended config = Tool.PROMTOOL.ask(directory, "", "check", "config", "prometheus.yml");

    assertThat(config.exitCode()).as(config.said()).isZero();
  }

  @Test
  void promtoolAcceptsWhatComponentsShow() {
    assumeTrue(Tool.PROMTOOL.present(), Tool.PROMTOOL.missing());

    for (String exposition : List.of(Expositions.worker(), Expositions.trainer())) {
      assertThat(Tool.PROMTOOL.ask(Repository.ROOT, exposition, "check", "metrics"))
          .isEqualTo(new Program.Ended(0, ""));
    }
  }

  private static Program.Ended ask(String... arguments) {
    return Tool.PROMTOOL.ask(Repository.ROOT.resolve(FOLDER), "", arguments);
  }

  private static Stream<JsonNode> alerts() {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode group : Repository.yaml(FOLDER + "/alerts.yml").path("groups")) {
      group.path("rules").forEach(rules::add);
    }
    return rules.stream();
  }

  private static Set<String> sections() {
    Set<String> sections = new TreeSet<>();
    Matcher titles =
        Pattern.compile("(?m)^### (\\w+)$").matcher(Repository.text("docs/runbook.md"));
    while (titles.find()) {
      sections.add(titles.group(1));
    }
    return sections;
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(Expositions.flink());
    known.addAll(Expositions.names(Expositions.worker()));
    known.addAll(Expositions.names(Expositions.trainer()));
    return known;
  }

  private static Set<String> named(Stream<String> expressions) {
    Set<String> named = new TreeSet<>();
    expressions.forEach(
        expression -> {
          Matcher series = SERIES.matcher(expression);
          while (series.find()) {
            named.add(series.group());
          }
        });
    return named;
  }
}
