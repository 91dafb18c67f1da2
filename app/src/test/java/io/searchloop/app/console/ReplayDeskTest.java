package io.searchloop.app.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.console.ConsoleRoute.Call;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.schemas.access.Person;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.testkit.Eventually;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayDeskTest {
  private static final String SECRET = "battery-staple";

  @TempDir private Path directory;

  /** Every user of a machine can read the arguments of its processes. */
  @Test
  void namesTheFileOfSecretsToTheProcessItStartsAndNoSecret() {
    LoopConnection loop =
        new LoopConnection(
            new Brokers("broker:9092", Map.of("sasl.jaas.config", SECRET)),
            new Serdes("https://registry", false, Map.of("basic.auth.user.info", "u:" + SECRET)));
    ConsoleHome home =
        new ConsoleHome(
            directory,
            List.of("echo"), // a program that says how it was called
            Map.of("loop.client-config", "client.properties", "broker.port", "1"));
    try (ReplayDesk desk = new ReplayDesk(loop, home, InstantSource.system())) {
      desk.start(call("{}"));
      String said =
          Eventually.present(
              () ->
                  Optional.of(UTF_8.decode(desk.progress(call("")).body().duplicate()).toString())
                      .filter(text -> !text.contains("RUNNING")));

      assertThat(said)
          .contains("--loop.kafka=broker:9092", "--loop.client-config=client.properties")
          .doesNotContain(SECRET, "broker.port");
    }
  }

  private static Call call(String body) {
    return new Call(Map.of(), UTF_8.encode(body), Person.ANYBODY);
  }
}
