package io.searchloop.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.access.Knock;
import io.searchloop.schemas.access.Person;
import io.searchloop.schemas.access.Role;
import io.searchloop.schemas.privacy.Pseudonyms;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorDoorTest {
  private static final String HERE = "127.0.0.1:8080";

  @Test
  void letsThisMachineInWhereNobodyElseReachesThePort() {
    assertThat(status("127.0.0.1", HERE, "")).isEqualTo(HttpReply.OK);
    assertThat(status("127.0.0.1", "localhost:8080", "http://localhost:8080"))
        .isEqualTo(HttpReply.OK);
  }

  @Test
  void letsNobodyInWhereOthersReachThePortAndCannotBeTold() {
    assertThatThrownBy(() -> status("0.0.0.0", HERE, ""))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("serving.users")
        .hasMessageContaining("./searchloop users add");
  }

  @Test
  void letsNoPageOfAnotherSiteIn() {
    assertThatThrownBy(() -> status("127.0.0.1", HERE, "http://evil.example"))
        .hasMessageContaining("Origin is another site's");
    assertThatThrownBy(() -> status("127.0.0.1", "evil.example", "http://evil.example"))
        .hasMessageContaining("Host is 'evil.example'");
  }

  private static int status(String listensOn, String host, String origin) {
    HttpSettings settings =
        new HttpSettings(
            listensOn,
            0,
            1,
            1,
            1,
            Duration.ZERO,
            Origins.of(""),
            Pseudonyms.NONE,
            true,
            Optional.empty(),
            Duration.ZERO);
    Endpoint endpoint = Endpoint.immediate(call -> HttpReply.text(HttpReply.OK, "in"));
    return OperatorDoor.of(settings, InstantSource.system())
        .before(Role.OPERATOR, endpoint)
        .answer(
            new HttpCall(
                ByteBuffer.allocate(0),
                "",
                Map.of(),
                origin,
                host,
                new Knock("", "127.0.0.1"),
                Person.ANYBODY,
                Instant.EPOCH))
        .join()
        .status();
  }
}
