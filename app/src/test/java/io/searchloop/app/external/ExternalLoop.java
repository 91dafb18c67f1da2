package io.searchloop.app.external;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.acls.AclPlan;
import io.searchloop.app.cli.Main;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.app.launcher.BrokerMain;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Ports;
import io.searchloop.app.launcher.RegistryMain;
import io.searchloop.app.launcher.SecuredListener;
import io.searchloop.app.launcher.SmallShop;
import io.searchloop.app.simulation.HttpStorefront;
import io.searchloop.app.simulation.Population;
import io.searchloop.app.simulation.ScheduledTimeline;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.client.ClientConfig;
import io.searchloop.streams.ServingMain;
import io.searchloop.testkit.Eventually;
import io.searchloop.trainer.TrainerMain;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartDirectory;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;

/** The loop as operators of external engines run it: nothing is shared but files and sockets. */
final class ExternalLoop implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Map<String, String> values =
      SmallShop.values(
          1, Map.of("serving.engine-only-share", "0.1", "shoppers.searches-per-second", "60"));
  private final LoopSettings settings = LoopSettings.of(values, false);
  private final Dataset shop = GeneratedMarketplace.generate(settings.marketplace());
  private final SecuredListener listener;
  private final JavaProcesses processes;
  private final String bootstrap = address();
  private final String registry = "http://" + address();
  private final URI worker = URI.create("http://" + address());
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Starts broker and registry, and lays the groundwork.
   *
   * @param directory empty folder of everything
   */
  ExternalLoop(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    this.listener =
        SecuredListener.in(
            directory,
            AclPlan.COMPONENTS.stream().map(each -> AclPlan.PREFIX + each.component()).toList());
    String all = listener.client(SecuredListener.BROKER).toString();
    this.processes = new JavaProcesses(directory, Map.of(ClientConfig.VARIABLE, all));
    processes.start(
        "broker",
        "512m",
        BrokerMain.class,
        directory.resolve("kafka"),
        port(bootstrap),
        write("broker-with-rights.properties", listener.heedingRights()));
    allow(ClientConfig.of(all).brokers(bootstrap));
    processes.start("registry", "256m", RegistryMain.class, bootstrap, port(registry));
    processes.await(() -> get(registry + "/subjects").isPresent());
    processes.finish(
        "init", commandLine("init", "setup", "init", settingsOf("reward", "marketplace")));
  }

  /** Each component has the rights that are documented, and no more. */
  private static void allow(Brokers brokers) {
    List<AclBinding> rights =
        AclPlan.COMPONENTS.stream()
            .flatMap(each -> each.bindings(AclPlan.PREFIX).stream())
            .toList();
    Eventually.present(
        () -> {
          try (Admin admin = Admin.create(brokers.with(Map.of()))) {
            admin.createAcls(rights).all().get();
            return Optional.of(true);
          } catch (ExecutionException e) {
            return Optional.empty(); // it is starting
          }
        });
  }

  /** File of a component's user. */
  Path clientOf(String component) {
    return listener.client(AclPlan.PREFIX + component);
  }

  JavaProcesses processes() {
    return processes;
  }

  /** The file that each job takes, with the demo's keys. */
  Path jobSettings() throws IOException {
    Map<String, String> jobs = keys("attribution", "assembly");
    jobs.put("kafka.bootstrap-servers", bootstrap);
    jobs.put("kafka.registry-url", registry);
    jobs.put("flink.checkpoint-interval", "PT1S");
    return write("jobs.properties", jobs);
  }

  /** Trains a warm start here, then starts trainer and worker, and waits until it serves. */
  void startLearning() throws IOException {
    Path signing = directory.resolve("signing-key.pem");
    Path trusted = directory.resolve("trusted-keys");
    SigningKey key = SigningKey.generate(new SecureRandom());
    key.write(signing);
    TrustedKeys.append(trusted, key.trusted().named("of this test"));

    Path warmStart = directory.resolve("warm-start");
    try (WarmStart trained =
        new SupervisedWarmStart(settings.warmStart(), InstantSource.system())
            .train(TrainingText.of(shop), progress -> {})) {
      new WarmStartDirectory(warmStart).write(trained);
    }
    Map<String, String> trainer = keys("trainer");
    trainer.keySet().removeIf(name -> name.startsWith("trainer.warm-start."));
    trainer.putAll(
        Map.ofEntries(
            entry("main.bootstrap-servers", bootstrap),
            entry("main.registry-url", registry),
            entry("main.client-config", clientOf("trainer").toString()),
            entry("main.warm-start", warmStart.toString()),
            entry("main.checkpoints", directory.resolve("trainer").toString()),
            entry("trainer.threads", "1"),
            entry("trainer.metrics.port", "0"),
            entry("trainer.signing-key", signing.toString())));
    processes.start("trainer", "1g", TrainerMain.class, write("trainer.properties", trainer));

    Map<String, String> serving = keys("serving");
    serving.put("serving.port", Integer.toString(worker.getPort()));
    serving.put("serving.trusted-keys", trusted.toString());
    serving.put("kafka.bootstrap-servers", bootstrap);
    serving.put("kafka.registry-url", registry);
    serving.put("kafka.client-config", clientOf("worker").toString());
    processes.start("worker", "768m", ServingMain.class, write("worker.properties", serving));
    processes.await(() -> get(worker + "/readyz").isPresent());
  }

  /** Shoppers who come until they are closed. */
  Population shoppers() {
    Population shoppers =
        new Population(
            shop,
            new HttpStorefront(worker, PATIENCE),
            settings.shoppers(),
            new ScheduledTimeline(InstantSource.system(), settings.shoppers().threads()));
    shoppers.start();
    return shoppers;
  }

  /** Optimiser step of the policy that the worker serves now. */
  long servedStep() {
    return get(worker + "/v1/policy").stream()
        .flatMap(answer -> StreamSupport.stream(answer.path("active").spliterator(), false))
        .filter(slot -> slot.path("state").asText().equals("active"))
        .mapToLong(slot -> slot.path("step").asLong())
        .max()
        .orElse(-1);
  }

  /** What {@code searchloop audit} says, as JSON; it fails on any violation. */
  JsonNode audit(String name) throws IOException {
    return JSON.readTree(
        processes.finish(
            name, commandLine(name, "operator", "audit", List.of("--output", "json"))));
  }

  @Override
  public void close() {
    processes.close();
  }

  private Process commandLine(
      String name, String component, String command, List<String> arguments) {
    List<Object> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--bootstrap", bootstrap, "--registry", registry));
    all.addAll(List.of("--client-config", clientOf(component)));
    all.addAll(arguments);
    return processes.start(name, "1g", Main.class, all.toArray());
  }

  private List<String> settingsOf(String... sections) {
    return keys(sections).entrySet().stream()
        .map(e -> "--" + e.getKey() + "=" + e.getValue())
        .toList();
  }

  private Map<String, String> keys(String... sections) {
    Map<String, String> keys = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (List.of(sections).contains(key.substring(0, key.indexOf('.')))) {
            keys.put(key, value);
          }
        });
    return keys;
  }

  private Path write(String name, Map<String, String> values) throws IOException {
    Properties properties = new Properties();
    properties.putAll(values);
    StringWriter text = new StringWriter();
    properties.store(text, null);
    return Files.writeString(directory.resolve(name), text.toString());
  }

  private Optional<JsonNode> get(String address) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is starting, or busy
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String address() {
    return Ports.LOOPBACK + ":" + Ports.claim(0, "a server of this test", "none");
  }

  private static String port(String address) {
    return address.substring(address.lastIndexOf(':') + 1);
  }
}
