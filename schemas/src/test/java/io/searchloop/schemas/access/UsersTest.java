package io.searchloop.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.InvalidConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {
  private static final PasswordHash HASH = PasswordHash.of("correct horse", new SecureRandom());

  @TempDir Path directory;

  @Test
  void keepsUsersInAFileThatOnlyItsOwnerReads() throws Exception {
    Path file = directory.resolve("users");

    Users.append(file, new User("anna", Role.OPERATOR, HASH));
    Users.append(file, new User("ben", Role.VIEWER, HASH));

    assertThat(Users.read(file).people())
        .containsExactly(new Person("anna", Role.OPERATOR), new Person("ben", Role.VIEWER));
    assertThat(Files.readString(file)).doesNotContain("correct horse");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> Users.append(file, new User("ben", Role.OPERATOR, HASH)))
        .hasMessageContaining("'ben' has a line already");
  }

  @Test
  void refusesAFileThatOthersReadOrThatHoldsNobody() throws Exception {
    Path file = Files.writeString(directory.resolve("users"), "# nobody yet\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Users.read(file)).hasMessageContaining("mode rw-r--r--");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> Users.read(file)).hasMessageContaining("no user in it");
    assertThatThrownBy(() -> Users.read(directory.resolve("none")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("./searchloop users add");
  }

  @Test
  void namesEveryLineThatIsNoUserAndRepeatsNoHash() throws Exception {
    Path file = directory.resolve("users");
    Users.append(file, new User("anna", Role.OPERATOR, HASH));
    String secret = "pbkdf2-sha512:1000:c2FsdA==:aGFzaA==";
    Files.writeString(
        file,
        "%sben boss %s%ncleo viewer %s # weak%n: viewer %s%nanna viewer %s%n"
            .formatted(
                Files.readString(file), HASH.toText(), secret, HASH.toText(), HASH.toText()));

    assertThatThrownBy(() -> Users.read(file))
        .hasMessageContaining("line 2: role is 'boss', expected viewer or operator")
        .hasMessageContaining("line 3: no password hash")
        .hasMessageContaining("line 4: name is ':'")
        .hasMessageContaining("line 5: 'anna' has a line already")
        .message()
        .doesNotContain("c2FsdA", HASH.toText());
  }

  @Test
  void comparesPasswordsByTheirHash() {
    assertThat(HASH.matches("correct horse")).isTrue();
    assertThat(HASH.matches("correct horse ")).isFalse();
    assertThat(PasswordHash.parse(HASH.toText()).matches("correct horse")).isTrue();
    assertThat(PasswordHash.of("correct horse", new SecureRandom()).toText())
        .as("salted")
        .isNotEqualTo(HASH.toText());
    assertThat(HASH).hasToString("pbkdf2-sha512");
  }
}
