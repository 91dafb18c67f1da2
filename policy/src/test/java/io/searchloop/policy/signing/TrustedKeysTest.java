package io.searchloop.policy.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedKeysTest {
  private static final byte[] MANIFEST = "{\"format\":1}".getBytes(StandardCharsets.UTF_8);
  private static final SigningKey OLD = SigningKey.generate(new SecureRandom());
  private static final SigningKey NEW = SigningKey.generate(new SecureRandom());

  @TempDir private Path directory;

  @Test
  void trustsWhatATrustedKeySigned() {
    TrustedKeys.of(OLD.trusted()).verify(7, MANIFEST, OLD.sign(MANIFEST));
  }

  @Test
  void duringARotationBothKeysAreTrusted() {
    TrustedKeys both = TrustedKeys.of(OLD.trusted(), NEW.trusted());

    both.verify(7, MANIFEST, OLD.sign(MANIFEST));
    both.verify(8, MANIFEST, NEW.sign(MANIFEST));
  }

  @Test
  void afterARotationTheOldKeyVouchesForThePastAlone() throws IOException {
    Path file = directory.resolve("trusted-keys");
    String old = OLD.trusted().toLine() + " " + TrustedKeys.NOT_AFTER + 7 + " # rotated out\n";
    Files.writeString(file, "# ours\n\n" + old + NEW.trusted().toLine());
    TrustedKeys keys = TrustedKeys.read(file);

    keys.verify(7, MANIFEST, OLD.sign(MANIFEST));
    keys.verify(8, MANIFEST, NEW.sign(MANIFEST));
    assertFault(
        () -> keys.verify(8, MANIFEST, OLD.sign(MANIFEST)),
        ReleaseFault.UNTRUSTED_KEY,
        "trusted up to version 7");
  }

  @Test
  void refusesAKeyNobodyNamed() {
    assertFault(
        () -> TrustedKeys.of(NEW.trusted()).verify(8, MANIFEST, OLD.sign(MANIFEST)),
        ReleaseFault.UNTRUSTED_KEY,
        OLD.trusted().id() + ", which is not trusted; trusted are " + NEW.trusted().id());
  }

  @Test
  void refusesASignatureOfOtherBytes() {
    byte[] changed = MANIFEST.clone();
    changed[changed.length - 2]++;

    assertFault(
        () -> TrustedKeys.of(OLD.trusted()).verify(8, changed, OLD.sign(MANIFEST)),
        ReleaseFault.SIGNATURE,
        "does not fit its manifest");
  }

  @Test
  void refusesASignatureThatIsNone() {
    ReleaseSignature noise = new ReleaseSignature(OLD.trusted().id(), new byte[] {1, 2, 3});

    assertFault(
        () -> TrustedKeys.of(OLD.trusted()).verify(8, MANIFEST, noise),
        ReleaseFault.SIGNATURE,
        "does not fit");
  }

  @Test
  void refusesWhatNobodySignedExceptFromBeforeThereWereKeys() throws IOException {
    Path file = directory.resolve("trusted-keys");
    TrustedKeys.appendUnsigned(file, 12);
    TrustedKeys.append(file, NEW.trusted().named("the demo's own"));
    TrustedKeys keys = TrustedKeys.read(file);

    keys.verify(12, MANIFEST, ReleaseSignature.NONE);
    assertThat(keys.keys()).containsExactly(NEW.trusted().named("the demo's own"));
    assertFault(
        () -> keys.verify(13, MANIFEST, ReleaseSignature.NONE),
        ReleaseFault.UNSIGNED,
        "Policy 13 is not signed");
  }

  @Test
  void saysWhichLineIsNoKey() throws IOException {
    Path file = directory.resolve("trusted-keys");
    Files.writeString(file, NEW.trusted().toLine() + "\ned25519 AAAA\n");

    assertThatThrownBy(() -> TrustedKeys.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("expected 'ed25519 KEY");
  }

  @Test
  void refusesToTrustEverybodyForEver() throws IOException {
    Path file = directory.resolve("trusted-keys");
    Files.writeString(file, "unsigned\n");

    assertThatThrownBy(() -> TrustedKeys.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining("up to no version");
  }

  private static void assertFault(ThrowingCallable call, ReleaseFault fault, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidReleaseException.class, e -> assertThat(e.fault()).isEqualTo(fault))
        .hasMessageContaining(words);
  }
}
