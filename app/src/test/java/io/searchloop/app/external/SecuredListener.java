package io.searchloop.app.external;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A listener that only talks to whom it knows, over TLS: settings of the broker, and a file for
 * clients, whose password lies in a file beside it.
 *
 * @param broker file of the broker's further settings
 * @param client file that clients take
 */
record SecuredListener(Path broker, Path client) {
  private static final String PASSWORD = "correct horse battery staple";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"loop\" password=\"";

  /** Makes a certificate of this machine's loopback address, and the files. */
  static SecuredListener in(Path directory) throws IOException, InterruptedException {
    Path store = directory.resolve("broker.p12");
    keytool(
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
        store,
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD);
    Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    Path broker =
        write(
            directory.resolve("broker.properties"),
            Map.of(
                "listener.security.protocol.map",
                "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.clients.plain.sasl.jaas.config",
                LOGIN + PASSWORD + "\" user_loop=\"" + PASSWORD + "\";",
                "ssl.keystore.location",
                store.toString(),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.truststore.location",
                store.toString(),
                "ssl.truststore.password",
                PASSWORD));
    String secret = "${file:" + password + "}";
    Path client =
        write(
            directory.resolve("client.properties"),
            Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + secret + "\";",
                "ssl.truststore.location",
                store.toString(),
                "ssl.truststore.password",
                secret));
    return new SecuredListener(broker, client);
  }

  private static Path write(Path file, Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    StringWriter text = new StringWriter();
    properties.store(text, null);
    return Files.writeString(file, text.toString());
  }

  private static void keytool(Object... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    List.of(arguments).forEach(argument -> command.add(argument.toString()));
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
