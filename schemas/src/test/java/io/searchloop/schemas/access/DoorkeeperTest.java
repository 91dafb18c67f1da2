package io.searchloop.schemas.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.access.Admission.Admitted;
import io.searchloop.schemas.access.Admission.Later;
import io.searchloop.schemas.access.Admission.Unknown;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorkeeperTest {
  private static final Person ANNA = new Person("anna", Role.OPERATOR);
  private static final String HERE = "10.0.0.1";

  @TempDir Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private Doorkeeper keeper = Doorkeeper.asleep();

  @BeforeEach
  void hire() throws Exception {
    Path file = directory.resolve("users");
    Users.append(
        file, new User("anna", Role.OPERATOR, PasswordHash.of("so:secret", new SecureRandom())));
    keeper = Doorkeeper.of(Users.read(file), now::get);
  }

  @Test
  void letsInWhoKnowsThePassword() {
    assertThat(keeper.asks()).isTrue();
    assertThat(keeper.admit(knock("anna:so:secret"))).isEqualTo(new Admitted(ANNA));
  }

  @Test
  void tellsNobodyWhetherTheNameOrThePasswordIsWrong() {
    List<Admission> found =
        List.of(
            keeper.admit(knock("anna:wrong")),
            keeper.admit(knock("otto:so:secret")),
            keeper.admit(knock("anna")),
            keeper.admit(new Knock("Bearer abc", HERE)),
            keeper.admit(new Knock("Basic ???", HERE)));

    assertThat(found).allSatisfy(one -> assertThat(one).isEqualTo(found.get(0)));
    assertThat(found.get(0)).isInstanceOf(Unknown.class);
    assertThat(keeper.admit(new Knock("", HERE)))
        .isInstanceOfSatisfying(
            Unknown.class, none -> assertThat(none.detail()).contains("Nobody is signed in"));
  }

  @Test
  void hearsTenAttemptsAMinuteFromAnAddressButAlwaysWhoWasLetInBefore() {
    Knock anna = knock("anna:so:secret");
    keeper.admit(anna);
    for (int i = 0; i < 10; i++) {
      assertThat(keeper.admit(new Knock("Basic ???", HERE))).isInstanceOf(Unknown.class);
    }

    assertThat(keeper.admit(new Knock("Basic ???", HERE))).isInstanceOf(Later.class);
    assertThat(keeper.admit(anna)).isEqualTo(new Admitted(ANNA));
    assertThat(keeper.admit(new Knock("Basic ???", "10.0.0.2"))).isInstanceOf(Unknown.class);
    now.set(Instant.EPOCH.plusSeconds(60));
    assertThat(keeper.admit(new Knock("Basic ???", HERE))).isInstanceOf(Unknown.class);
  }

  @Test
  void attemptsUnderOneNameDoNotShutOutAnother() {
    for (int i = 0; i < 11; i++) {
      keeper.admit(knock("otto:guess-" + i));
    }

    assertThat(keeper.admit(knock("otto:guess"))).isInstanceOf(Later.class);
    assertThat(keeper.admit(knock("anna:so:secret"))).isEqualTo(new Admitted(ANNA));
  }

  @Test
  void letsEverybodyInWhereNobodyIsAsked() {
    assertThat(Doorkeeper.asleep().admit(new Knock("", HERE)))
        .isEqualTo(new Admitted(Person.ANYBODY));
    assertThat(Person.ANYBODY.known()).isFalse();
  }

  @Test
  void printsNoSecret() {
    assertThat(knock("anna:so:secret")).hasToString(HERE);
  }

  private static Knock knock(String pair) {
    return new Knock("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)), HERE);
  }
}
