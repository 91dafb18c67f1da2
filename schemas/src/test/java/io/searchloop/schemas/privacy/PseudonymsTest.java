package io.searchloop.schemas.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.VisitorKey;
import io.searchloop.schemas.access.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymsTest {
  private static final Instant ROTATION = Instant.parse("2026-06-01T00:00:00Z");
  private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final byte[] NEXT = "fedcba9876543210fedcba9876543210".getBytes(UTF_8);

  private final Pseudonyms one = new Pseudonyms(List.of(new PseudonymKey(Instant.EPOCH, SECRET)));
  private final Pseudonyms rotated =
      new Pseudonyms(
          List.of(new PseudonymKey(Instant.EPOCH, SECRET), new PseudonymKey(ROTATION, NEXT)));

  @TempDir private Path folder;

  @Test
  void isWhatTheDocumentSaysSoThatAnyLanguageCanMakeIt() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    byte[] first16 = Arrays.copyOf(mac.doFinal("Zoë".getBytes(UTF_8)), 16);

    assertThat(one.of(event("Zoë", ""), ROTATION).getClientId())
        .isEqualTo("p." + Base64.getUrlEncoder().withoutPadding().encodeToString(first16));
  }

  @Test
  void bringsDecisionAndEventOfAVisitorTogether() {
    Decision decision = one.of(decision("c", "", ROTATION));
    SearchEvent event = one.of(event("c", decision.getQueryId()), ROTATION);

    assertThat(VisitorKey.of(decision)).isEqualTo(VisitorKey.of(event)).isNotEqualTo("c");
    assertThat(decision.getSessionId()).as("nothing stays nothing").isEmpty();
    assertThat(one.of(decision("", "s", ROTATION)).getSessionId()).startsWith("p.");
  }

  @Test
  void leavesPseudonymsAndWithoutAKeyEverythingAsItIs() {
    SearchEvent once = one.of(event("c", ""), ROTATION);

    assertThat(one.of(once, ROTATION)).isEqualTo(once);
    assertThat(Pseudonyms.NONE.of(event("c", ""), ROTATION).getClientId()).isEqualTo("c");
    assertThat(Pseudonyms.of(" ").enabled()).isFalse();
  }

  @Test
  void keepsASearchUnderItsKeyWhenTheKeyIsReplaced() {
    Instant before = ROTATION.minusMillis(1);
    Decision old = rotated.of(decision("c", "", before));
    Decision fresh = rotated.of(decision("c", "", ROTATION));
    Instant days = ROTATION.plus(Duration.ofDays(6));

    assertThat(old.getClientId()).isNotEqualTo(fresh.getClientId());
    assertThat(rotated.of(event("c", old.getQueryId()), days).getClientId())
        .isEqualTo(old.getClientId());
    assertThat(rotated.of(event("c", fresh.getQueryId()), days).getClientId())
        .isEqualTo(fresh.getClientId());
    assertThat(rotated.of(event("c", ""), days).getClientId()).isEqualTo(fresh.getClientId());
    assertThat(rotated.of(event("c", id(before) + "!engine"), days).getClientId())
        .isEqualTo(old.getClientId());
    assertThat(rotated.of(event("c", "an id of their own"), before).getClientId())
        .isEqualTo(old.getClientId());
    assertThat(rotated.allOf("c")).containsExactly(fresh.getClientId(), old.getClientId(), "c");
  }

  @Test
  void replacesNamesInJsonThatMayBecomeADeadLetter() throws IOException {
    JsonNode event =
        new ObjectMapper()
            .readTree("{\"client_id\":\"c\",\"session_id\":\"s\",\"action_name\":\"hover\"}");

    JsonNode replaced = one.of(event, ROTATION);

    assertThat(replaced.path("client_id").textValue())
        .isEqualTo(one.of(event("c", ""), ROTATION).getClientId());
    assertThat(replaced.path("session_id").textValue()).startsWith("p.");
    assertThat(replaced.path("action_name").textValue()).isEqualTo("hover");
    assertThat(event.path("client_id").textValue()).as("the given one").isEqualTo("c");
    JsonNode number = new ObjectMapper().readTree("{\"client_id\":4711,\"session_id\":null}");
    assertThat(one.of(number, ROTATION)).hasToString("{\"client_id\":0,\"session_id\":null}");
  }

  @Test
  void writesAFileThatOnlyItsOwnerMayReadAndAddsLaterKeys() throws IOException {
    Path file = folder.resolve("keys");
    PseudonymFile.add(file, Instant.EPOCH, new SecureRandom());
    String first = Pseudonyms.of(file.toString()).of(event("c", ""), ROTATION).getClientId();
    PseudonymFile.add(file, ROTATION, new SecureRandom());

    Pseudonyms both = Pseudonyms.of(file.toString());
    assertThat(both.count()).isEqualTo(2);
    assertThat(both.allOf("c")).contains(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> PseudonymFile.add(file, ROTATION, new SecureRandom()))
        .hasMessageContaining("Let the new one begin later");
    assertThat(both.toString()).doesNotContain(Files.readAllLines(file).get(1).split(" ")[1]);
  }

  @Test
  void saysWhichLineIsNoKeyWithoutRepeatingIt() throws IOException {
    Path file = folder.resolve("bad");
    SecretFile.create(file);
    Files.writeString(file, "# keys\n1970-01-01T00:00:00Z c2hvcnQ=\n");

    assertThatThrownBy(() -> Pseudonyms.of(file.toString()))
        .hasMessageContaining("line 2 is no key")
        .hasMessageNotContaining("c2hvcnQ");
    assertThatThrownBy(() -> Pseudonyms.of(folder.resolve("none").toString()))
        .hasMessageContaining("./searchloop privacy key");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Pseudonyms.of(file.toString()))
        .hasMessageContaining("mode rw-r--r--", "chmod 600");
  }

  private static String id(Instant at) {
    return "%012x%016x".formatted(at.toEpochMilli(), 7);
  }

  private static Decision decision(String client, String session, Instant at) {
    return Decision.newBuilder()
        .setQueryId(id(at))
        .setClientId(client)
        .setSessionId(session)
        .setTimestamp(at)
        .build();
  }

  private static SearchEvent event(String client, String queryId) {
    return SearchEvent.newBuilder().setClientId(client).setQueryId(queryId).build();
  }
}
