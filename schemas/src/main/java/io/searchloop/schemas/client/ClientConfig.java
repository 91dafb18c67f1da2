package io.searchloop.schemas.client;

import io.searchloop.schemas.config.InvalidConfigurationException;
import io.searchloop.schemas.serde.Serdes;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * What clients of Kafka and of the schema registry need to be let in, from a properties file as
 * Kafka's and Confluent's own tools take it: {@code security.protocol}, {@code sasl.*}, {@code
 * ssl.*} and the like for Kafka, {@code basic.auth.*}, {@code bearer.auth.*} and {@code
 * schema.registry.ssl.*} for the registry. A value may name an environment variable, {@code
 * ${env:NAME}}, or a file that holds it, {@code ${file:/path}}, so that secrets stay where they
 * are. See docs/adr/0050.
 *
 * @param kafka settings of every client of Kafka
 * @param registry settings of every client of the registry
 */
public record ClientConfig(Map<String, String> kafka, Map<String, String> registry) {
  /** Names the file when no setting does. */
  public static final String VARIABLE = "SEARCHLOOP_CLIENT_CONFIG";

  /** Nobody is asked who he is. */
  public static final ClientConfig NONE = new ClientConfig(Map.of(), Map.of());

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");
  private static final List<String> REGISTRY =
      List.of("basic.auth.", "bearer.auth.", "schema.registry.ssl.");

  private static final String USER_INFO = "basic.auth.user.info";
  private static final String CREDENTIALS = "basic.auth.credentials.source";

  /** What each client decides by its purpose; one value for all would break some of them. */
  private static final Set<String> OURS =
      Set.of(
          "bootstrap.servers",
          "client.id",
          "request.timeout.ms",
          "default.api.timeout.ms",
          "retries");

  public ClientConfig {
    if (registry.containsKey(USER_INFO) && !registry.containsKey(CREDENTIALS)) {
      registry = new TreeMap<>(registry);
      registry.put(CREDENTIALS, "USER_INFO"); // its default would not look at the user
    }
    kafka = Map.copyOf(kafka);
    registry = Map.copyOf(registry);
  }

  /**
   * Reads the file a setting names, or else the environment variable {@value VARIABLE}, or else
   * nothing.
   *
   * @param path the setting; empty when it is not given
   * @throws InvalidConfigurationException naming every problem of the file, and no value
   */
  public static ClientConfig of(String path) {
    String fallback = System.getenv(VARIABLE);
    if (!path.isBlank()) {
      return read(Path.of(path), System::getenv);
    }
    return fallback == null || fallback.isBlank() ? NONE : read(Path.of(fallback), System::getenv);
  }

  /** Brokers that clients reach with these settings. */
  public Brokers brokers(String addresses) {
    return new Brokers(addresses, kafka);
  }

  /** Serdes whose registry clients have these settings. */
  public Serdes serdes(String registryUrl, boolean registerSchemas) {
    return new Serdes(registryUrl, registerSchemas, registry);
  }

  static ClientConfig read(Path file, UnaryOperator<@Nullable String> environment) {
    Map<String, String> kafka = new TreeMap<>();
    Map<String, String> registry = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    Properties found = load(file);
    for (String key : new TreeSet<>(found.stringPropertyNames())) {
      boolean forRegistry = REGISTRY.stream().anyMatch(key::startsWith);
      if (!forRegistry && !ALLOWED.contains(key)) {
        problems.add(refusal(file, key));
        continue;
      }
      try {
        (forRegistry ? registry : kafka).put(key, resolve(found.getProperty(key), environment));
      } catch (IllegalArgumentException e) {
        problems.add(file + ": " + key + " " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
    return new ClientConfig(kafka, registry);
  }

  private static final Set<String> ALLOWED = allowed();

  private static Set<String> allowed() {
    Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
    names.removeAll(OURS);
    return names;
  }

  private static String refusal(Path file, String key) {
    return file
        + ": "
        + key
        + (OURS.contains(key)
            ? " is decided by each client itself. Leave it out."
            : " is no setting that all clients of Kafka or the registry have in common, expected"
                + " such as security.protocol, sasl.jaas.config, ssl.truststore.location or"
                + " basic.auth.user.info. Leave it out.");
  }

  private static Properties load(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          List.of(
              "Cannot read the client settings "
                  + file
                  + ": "
                  + e
                  + ". Expected a properties file as Kafka's --command-config takes it."));
    }
  }

  private static String resolve(String text, UnaryOperator<@Nullable String> environment) {
    Matcher references = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (references.find()) {
      String name = references.group(2);
      String value =
          references.group(1).equals("env") ? environment.apply(name) : content(Path.of(name));
      if (value == null) {
        throw new IllegalArgumentException("names a variable that is not set: " + name);
      }
      references.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    return references.appendTail(resolved).toString();
  }

  /** Without the line end that editors and secret stores put after it. */
  private static String content(Path file) {
    try {
      return Files.readString(file).stripTrailing();
    } catch (IOException e) {
      throw new IllegalArgumentException("names a file that cannot be read: " + e, e);
    }
  }

  /** Names only: values may be secrets. */
  @Override
  public String toString() {
    return "kafka "
        + new TreeSet<>(kafka.keySet())
        + ", registry "
        + new TreeSet<>(registry.keySet());
  }
}
