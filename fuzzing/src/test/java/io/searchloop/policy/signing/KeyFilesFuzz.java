package io.searchloop.policy.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.fuzzing.Parts;
import io.searchloop.policy.release.InvalidReleaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of trusted keys, a signing key, and a signature that somebody sends. */
class KeyFilesFuzz {
  private static final Path FOLDER = Parts.folder("keys");
  private static final Path TRUSTED = FOLDER.resolve("trusted-keys");
  private static final Path SIGNING = FOLDER.resolve("signing-key");
  private static final byte[] MANIFEST = {1, 2, 3};

  static Stream<byte[]> seeds() throws IOException {
    SigningKey key = SigningKey.generate(new SecureRandom());
    Path file = Parts.folder("seed").resolve("key");
    key.write(file);
    String trusted =
        "%s not-after=4711 # ours\nunsigned not-after=12\n\n# old\n"
            .formatted(key.trusted().toLine());
    return Stream.of(
        Parts.join(trusted, Files.readString(file), "signature"),
        Parts.join("unsigned\n", Files.readString(file), ""));
  }

  @MethodSource("seeds")
  @FuzzTest
  void reads(byte[] input) throws Exception {
    List<byte[]> parts = Parts.of(input, 3);
    Bounds.within(
        input.length,
        () -> {
          trusted(parts.get(0), parts.get(2));
          signing(parts.get(1));
        });
  }

  private static void trusted(byte[] content, byte[] signature) throws IOException {
    Files.write(TRUSTED, content);
    TrustedKeys keys;
    try {
      keys = TrustedKeys.read(TRUSTED);
    } catch (IllegalArgumentException e) {
      Bounds.requireNamed(e, TRUSTED.toString());
      return;
    }
    Path copy = FOLDER.resolve("copy");
    Files.deleteIfExists(copy);
    Files.createFile(copy);
    for (TrustedKey key : keys.keys()) {
      TrustedKeys.append(copy, key);
    }
    assertThat(TrustedKeys.read(copy).keys()).isEqualTo(keys.keys());
    for (TrustedKey key : keys.keys()) {
      try {
        keys.verify(Long.MAX_VALUE, MANIFEST, new ReleaseSignature(key.id(), signature));
        assertThat(keys.unsignedUntil()).isEqualTo(Long.MAX_VALUE);
      } catch (InvalidReleaseException e) {
        Bounds.requireNamed(e, key.id());
      }
    }
  }

  private static void signing(byte[] content) throws IOException {
    Files.write(SIGNING, content);
    Files.setPosixFilePermissions(SIGNING, PosixFilePermissions.fromString("rw-------"));
    try {
      SigningKey key = SigningKey.read(SIGNING);
      TrustedKeys.of(key.trusted()).verify(1, MANIFEST, key.sign(MANIFEST));
    } catch (IllegalArgumentException e) {
      Bounds.requireNamed(e, SIGNING.toString());
    }
  }
}
