package io.searchloop.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.searchloop.app.launcher.LoopSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The manifests against Kubernetes' and the Flink operator's own schemas, and against the code. */
class KubernetesTest {
  private static final String FOLDER = "deploy/k8s/";
  private static final String SETUP = FOLDER + "setup/setup.yaml";
  private static final String DEFINITION =
      "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  private static final List<JsonNode> RESOURCES = resources();
  private static final JsonNode DATA = one("ConfigMap").path("data");
  private static final ComponentSettings SETTINGS =
      ComponentSettings.of(
          DATA.path("worker.properties").asText(),
          DATA.path("trainer.properties").asText(),
          DATA.path("jobs.properties").asText());

  @Test
  void kubernetesKnowsEveryField() {
    for (JsonNode resource : RESOURCES) {
      if (!resource.path("kind").asText().equals("FlinkDeployment")) {
        validate(resource);
      }
    }
    assertThatThrownBy(() -> validate(Repository.yaml("deploy/dashboards/prometheus.yml")))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void theFlinkOperatorKnowsEveryField() {
    CustomSchema schema = CustomSchema.of(definition());
    // The operator API of Maven Central ends with Flink 1.20; later ones add versions.
    ((ArrayNode) schema.root().at("/properties/spec/properties/flinkVersion/enum"))
        .add(flinkVersion());

    assertThat(all("FlinkDeployment"))
        .hasSize(3)
        .allSatisfy(resource -> assertThat(schema.problems(resource)).isEmpty());
    assertThat(schema.problems(Repository.yaml("deploy/dashboards/alerts.yml"))).isNotEmpty();
  }

  @Test
  void jobsGoThroughSavepoints() throws ClassNotFoundException {
    int flink = LoopSettings.of(Map.of(), false).flinkMetrics().port();
    Set<String> directories = new TreeSet<>();
    for (JsonNode deployment : all("FlinkDeployment")) {
      JsonNode spec = deployment.path("spec");
      JsonNode configuration = spec.path("flinkConfiguration");
      assertThat(spec.path("flinkVersion").asText()).isEqualTo(flinkVersion());
      assertThat(spec.at("/job/upgradeMode").asText()).isEqualTo("savepoint");
      assertThat(Class.forName(spec.at("/job/entryClass").asText())).hasDeclaredMethods("main");
      assertThat(Image.of("searchloop/flink").text())
          .contains(spec.at("/job/jarURI").asText().replace("local://", ""));
      assertThat(configuration.path("metrics.reporter.prom.port").asInt()).isEqualTo(flink);
      assertThat(configuration.path("high-availability.type").asText()).isEqualTo("kubernetes");
      directories.add(configuration.path("execution.checkpointing.dir").asText());
      directories.add(configuration.path("execution.checkpointing.savepoint-dir").asText());
      directories.add(configuration.path("high-availability.storageDir").asText());
    }
    assertThat(directories).as("nobody shares a folder").hasSize(9);
    assertThat(job("searchloop-reward").path("parallelism").asInt())
        .isEqualTo(SETTINGS.attribution().parallelism());
    assertThat(job("searchloop-minibatch").path("parallelism").asInt())
        .isEqualTo(SETTINGS.assembly().parallelism());
  }

  @Test
  void probesAndScrapersFindTheirPorts() {
    JsonNode worker = one("Deployment").at("/spec/template");
    JsonNode trainer = one("StatefulSet").at("/spec/template");
    for (JsonNode pod : List.of(worker, trainer)) {
      JsonNode container = pod.at("/spec/containers/0");
      int port = pod == worker ? SETTINGS.worker().port() : SETTINGS.metrics().port();
      JsonNode named = container.at("/ports/0");
      assertThat(named.path("containerPort").asInt()).isEqualTo(port);
      assertThat(pod.at("/metadata/annotations").path("prometheus.io/port").asText())
          .isEqualTo(Integer.toString(port));
      for (JsonNode probe : container.findValues("httpGet")) {
        assertThat(probe.path("port")).isEqualTo(named.path("name"));
        assertThat(probe.path("path").asText()).isIn("/livez", "/readyz");
      }
      assertThat(container.findValues("httpGet")).hasSizeGreaterThan(1);
    }
    assertThat(worker.at("/spec/terminationGracePeriodSeconds").asLong())
        .as("the pause before the end, and the worker's own drain")
        .isGreaterThan(5 + SETTINGS.worker().drain().toSeconds());
    assertThat(SETTINGS.worker().host()).isEqualTo("0.0.0.0");
    assertThat(SETTINGS.metrics().host()).isEqualTo("0.0.0.0");
  }

  /** Alerts ask for jobs by name; the scrape configuration takes the name from this label. */
  @Test
  void podsAreTheJobsThatAlertsName() {
    String alerts = Repository.text("deploy/dashboards/alerts.yml");
    for (JsonNode resource : RESOURCES) {
      for (JsonNode labels : resource.findValues("labels")) {
        JsonNode component = labels.path("app.kubernetes.io/component");
        if (component.isTextual()) {
          assertThat(alerts).contains("up{job=\"" + component.asText() + "\"}");
          assertThat(labels.path("app.kubernetes.io/part-of").asText()).isEqualTo("searchloop");
        }
      }
    }
    assertThat(RESOURCES.toString()).contains("\"app.kubernetes.io/component\":\"flink\"");
  }

  @Test
  void workersScaleAndSurviveDrains() {
    JsonNode scaler = one("HorizontalPodAutoscaler").path("spec");
    String worker = one("Deployment").at("/metadata/name").asText();

    assertThat(scaler.at("/scaleTargetRef/name").asText()).isEqualTo(worker);
    assertThat(one("Deployment").path("spec").has("replicas")).as("the autoscaler's").isFalse();
    assertThat(scaler.path("minReplicas").asInt()).isGreaterThan(1);
    assertThat(one("PodDisruptionBudget").at("/spec/selector"))
        .isEqualTo(one("Deployment").at("/spec/selector"));
    assertThat(one("StatefulSet").at("/spec/replicas").asInt()).as("one trainer").isEqualTo(1);
  }

  @Test
  void imagesMountsAndFilesBelongTogether() {
    Set<String> images = new TreeSet<>();
    for (JsonNode resource : RESOURCES) {
      resource.findValuesAsText("image").forEach(images::add);
      for (JsonNode mount : resource.findValues("subPath")) {
        assertThat(DATA.has(mount.asText())).as(mount.asText()).isTrue();
      }
    }
    assertThat(images)
        .hasSize(4)
        .allSatisfy(
            image -> {
              assertThat(image).endsWith(":" + Image.TAG);
              assertThat(Image.of(image).text()).isNotBlank();
            });
    List<String> listed = new ArrayList<>(List.of(SETUP, FOLDER + "kustomization.yaml"));
    Repository.yaml(FOLDER + "kustomization.yaml")
        .path("resources")
        .forEach(name -> listed.add(FOLDER + name.asText()));
    assertThat(Repository.files(FOLDER, ".yaml")).containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void partitionsSufficeForTheJobs() {
    List<Integer> partitions = ComposeTest.partitions(one("Job").toString());

    assertThat(Set.copyOf(partitions)).hasSize(1);
    assertThat(partitions.get(0))
        .isGreaterThanOrEqualTo(SETTINGS.attribution().parallelism())
        .isGreaterThanOrEqualTo(SETTINGS.assembly().parallelism());
  }

  private static void validate(JsonNode resource) {
    JsonElement json = JsonParser.parseString(resource.toString());
    try {
      switch (resource.path("kind").asText()) {
        case "ConfigMap" -> V1ConfigMap.validateJsonElement(json);
        case "Deployment" -> V1Deployment.validateJsonElement(json);
        case "HorizontalPodAutoscaler" -> V2HorizontalPodAutoscaler.validateJsonElement(json);
        case "Job" -> V1Job.validateJsonElement(json);
        case "PersistentVolumeClaim" -> V1PersistentVolumeClaim.validateJsonElement(json);
        case "PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(json);
        case "Service" -> V1Service.validateJsonElement(json);
        case "StatefulSet" -> V1StatefulSet.validateJsonElement(json);
        default -> throw new AssertionError("No schema for " + resource);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> resources() {
    List<JsonNode> resources = new ArrayList<>();
    for (String file : Repository.files(FOLDER, ".yaml")) {
      if (!file.endsWith("kustomization.yaml")) {
        resources.addAll(Repository.documents(file));
      }
    }
    return resources;
  }

  private static List<JsonNode> all(String kind) {
    return RESOURCES.stream().filter(found -> found.path("kind").asText().equals(kind)).toList();
  }

  private static JsonNode one(String kind) {
    assertThat(all(kind)).as(kind).hasSize(1);
    return all(kind).get(0);
  }

  private static JsonNode job(String name) {
    return all("FlinkDeployment").stream()
        .filter(found -> found.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow()
        .at("/spec/job");
  }

  private static String flinkVersion() {
    String[] parts = EnvironmentInformation.getVersion().split("\\.");
    return "v" + parts[0] + "_" + parts[1];
  }

  private static JsonNode definition() {
    try (InputStream in = KubernetesTest.class.getClassLoader().getResourceAsStream(DEFINITION)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Repository.node(new Yaml().load(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
