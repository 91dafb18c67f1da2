package io.searchloop.policy.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  private final SigningKey key = SigningKey.generate(new SecureRandom());
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() {
    file = directory.resolve("signing-key.pem");
    key.write(file);
  }

  @Test
  void survivesItsFileWhichOnlyItsOwnerMayRead() throws IOException {
    SigningKey read = SigningKey.read(file);

    assertThat(read.trusted()).isEqualTo(key.trusted());
    assertThat(read.sign(new byte[] {1})).isEqualTo(key.sign(new byte[] {1}));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void isNeverOverwritten() {
    SigningKey other = SigningKey.generate(new SecureRandom());

    assertThatThrownBy(() -> other.write(file)).hasMessageContaining("left as it is");
    assertThat(SigningKey.read(file).trusted()).isEqualTo(key.trusted());
  }

  @Test
  void isRefusedWhenOthersMayReadIt() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> SigningKey.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mode rw-r-----")
        .hasMessageContaining("chmod 600");
  }

  @Test
  void isRefusedWhenItsHalvesDoNotBelongTogether() throws IOException {
    Path other = directory.resolve("other.pem");
    SigningKey.generate(new SecureRandom()).write(other);
    String mixed =
        Files.readAllLines(other).get(0)
            + Files.readString(file).substring(Files.readString(file).indexOf('\n'));
    Files.writeString(file, mixed);

    assertThatThrownBy(() -> SigningKey.read(file)).hasMessageContaining("do not belong together");
  }

  @Test
  void saysWhenAFileHoldsNoKey() throws IOException {
    Files.writeString(file, "nothing");

    assertThatThrownBy(() -> SigningKey.read(file)).hasMessageContaining("holds no Ed25519 key");
  }

  @Test
  void namesTheFileWhoseKeyIsNoBase64() throws IOException {
    Files.writeString(file, Files.readString(file).replace("KEY-----\n", "KEY-----\n?"));

    assertThatThrownBy(() -> SigningKey.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("holds no Ed25519 key");
  }

  @Test
  void showsItsIdAndNothingElse() {
    assertThat(key).hasToString("signing key " + key.trusted().id());
  }
}
