package io.searchloop.schemas.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.searchloop.schemas.config.InvalidConfigurationException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientConfigTest {
  @TempDir Path folder;

  @Test
  void tellsKafkasSettingsFromTheRegistrys() throws Exception {
    ClientConfig config =
        read(
            "security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nschema.registry.ssl.truststore.location=/t\n");

    assertThat(config.brokers("a:1").with(Map.of("acks", "all")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "bootstrap.servers", "a:1",
                "acks", "all"));
    assertThat(config.serdes("http://r", false).settings())
        .containsExactly(Map.entry("schema.registry.ssl.truststore.location", "/t"));
  }

  @Test
  void takesSecretsFromTheEnvironmentAndFromFiles() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "b$1\n");

    ClientConfig config =
        read("sasl.jaas.config=user=\"${env:WHO}\" password=\"${file:" + secret + "}\";\n");

    assertThat(config.kafka()).containsEntry("sasl.jaas.config", "user=\"me\" password=\"b$1\";");
  }

  @Test
  void namesEveryProblemAndNoValue() {
    assertThatThrownBy(
            () ->
                read(
                    "acks=0\nclient.id=secret\nsasl.jaas.config=${env:NOBODY}\nssl.key.password=${file:/absent}\n"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("acks is no setting that all clients")
        .hasMessageContaining("client.id is decided by each client")
        .hasMessageContaining("sasl.jaas.config names a variable that is not set: NOBODY")
        .hasMessageContaining("ssl.key.password names a file that cannot be read")
        .hasMessageNotContaining("secret");
  }

  @Test
  void printsNoSecret() throws Exception {
    ClientConfig config = read("ssl.key.password=hunter2\nbasic.auth.user.info=me:hunter2\n");

    assertThat(config + " " + config.brokers("a:1") + " " + config.serdes("http://r", false))
        .contains("ssl.key.password")
        .doesNotContain("hunter2");
  }

  @Test
  void theRegistryHearsWhoAsks() throws Exception {
    List<String> heard = new ArrayList<>();
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          heard.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("[]".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    registry.start();
    String url = "http://127.0.0.1:" + registry.getAddress().getPort();
    try {
      read("basic.auth.user.info=me:hunter2\n").serdes(url, false).client().getAllSubjects();
      read("bearer.auth.credentials.source=STATIC_TOKEN\nbearer.auth.token=t0ken\n")
          .serdes(url, false)
          .client()
          .getAllSubjects();
    } finally {
      registry.stop(0);
    }

    String basic =
        Base64.getEncoder().encodeToString("me:hunter2".getBytes(StandardCharsets.UTF_8));
    assertThat(heard).containsExactly("Basic " + basic, "Bearer t0ken");
  }

  private ClientConfig read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("client.properties"), text);
    return ClientConfig.read(file, Map.of("WHO", "me")::get);
  }
}
