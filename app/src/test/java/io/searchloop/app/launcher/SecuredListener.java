package io.searchloop.app.launcher;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * A listener that only talks to whom it knows, over TLS: settings of the broker, and for each of
 * its users a file that clients take, whose password lies in a file beside it.
 *
 * @param directory where the files are
 */
public record SecuredListener(Path directory) {
  /** The broker itself, which may do everything. */
  public static final String BROKER = "broker";

  /** Every password contains it, so that a test can look for all of them. */
  public static final String SECRET = "battery-staple";

  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";

  /** Makes a certificate of this machine's loopback address, and the files. */
  public static SecuredListener in(Path directory, List<String> users)
      throws IOException, InterruptedException {
    SecuredListener listener = new SecuredListener(directory);
    certify(listener.store());
    List<String> all = new ArrayList<>(users);
    all.add(BROKER);
    write(directory.resolve("server.properties"), listener.settings(all));
    for (String user : all) {
      Path password = directory.resolve(user + ".password");
      Files.writeString(password, password(user) + "\n");
      listener.client(user, user, listener.store());
    }
    return listener;
  }

  /** File of the broker's further settings. */
  public Path broker() {
    return directory.resolve("server.properties");
  }

  /** File that clients of a user take. */
  public Path client(String user) {
    return directory.resolve(user + ".properties");
  }

  /** Key and certificate of broker and registry. */
  Path store() {
    return directory.resolve("broker.p12");
  }

  /** What opens the store. */
  static String storePassword() {
    return SECRET + "-of-the-store";
  }

  static String password(String user) {
    return SECRET + "-of-" + user;
  }

  /**
   * A further file for clients of a user.
   *
   * @param name of the file
   * @param user whose password it refers to
   * @param trusted whose certificates it trusts
   */
  Path client(String name, String user, Path trusted) throws IOException {
    String secret = "${file:" + directory.resolve(name + ".password") + "}";
    return write(
        directory.resolve(name + ".properties"),
        Map.ofEntries(
            Map.entry("security.protocol", "SASL_SSL"),
            Map.entry("sasl.mechanism", "PLAIN"),
            Map.entry(
                "sasl.jaas.config",
                MODULE + "username=\"" + user + "\" password=\"" + secret + "\";"),
            Map.entry("ssl.truststore.location", trusted.toString()),
            Map.entry("ssl.truststore.password", storePassword()),
            Map.entry("basic.auth.user.info", user + ":" + secret),
            Map.entry("schema.registry.ssl.truststore.location", trusted.toString()),
            Map.entry("schema.registry.ssl.truststore.type", "PKCS12"),
            Map.entry("schema.registry.ssl.truststore.password", storePassword())));
  }

  /** The same as {@link #broker}, for a broker in this process that heeds rights. */
  public Map<String, String> heedingRights() throws IOException {
    Map<String, String> settings = new HashMap<>();
    Properties file = new Properties();
    try (var reader = Files.newBufferedReader(broker())) {
      file.load(reader);
    }
    file.forEach((key, value) -> settings.put(key.toString(), value.toString()));
    settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
    // The controller's listener asks nobody, and only the broker uses it.
    settings.put("super.users", "User:" + BROKER + ";User:ANONYMOUS");
    return settings;
  }

  private Map<String, String> settings(List<String> users) {
    StringBuilder known = new StringBuilder(MODULE);
    known.append("username=\"%s\" password=\"%s\"".formatted(BROKER, password(BROKER)));
    users.forEach(user -> known.append(" user_%s=\"%s\"".formatted(user, password(user))));
    return Map.of(
        "listener.security.protocol.map",
        "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT",
        "sasl.enabled.mechanisms",
        "PLAIN",
        "sasl.mechanism.inter.broker.protocol",
        "PLAIN",
        "listener.name.clients.plain.sasl.jaas.config",
        known + ";",
        "ssl.keystore.location",
        store().toString(),
        "ssl.keystore.password",
        storePassword(),
        "ssl.truststore.location",
        store().toString(),
        "ssl.truststore.password",
        storePassword());
  }

  private static Path write(Path file, Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    StringWriter text = new StringWriter();
    properties.store(text, null);
    return Files.writeString(file, text.toString());
  }

  /** A key with a certificate that it signs itself. */
  static void certify(Path store) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "broker",
            "-keyalg",
            "EC",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "san=ip:127.0.0.1",
            "-validity",
            "30",
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            storePassword());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IllegalStateException("keytool made no certificate");
    }
  }
}
