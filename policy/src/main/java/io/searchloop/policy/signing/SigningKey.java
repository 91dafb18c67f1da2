package io.searchloop.policy.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The private key of a trainer, in a file that only its owner may read. Never printed; {@link
 * #toString} names the key by its id. Any thread.
 */
public final class SigningKey implements ReleaseSigner {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final String PUBLIC = "Public: ";
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private final PrivateKey privateKey;
  private final TrustedKey trusted;

  private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.trusted = TrustedKey.of(publicKey);
  }

  /** A new key. */
  public static SigningKey generate(SecureRandom random) {
    var generator = Ed25519.generator();
    try {
      generator.initialize(java.security.spec.NamedParameterSpec.ED25519, random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 is its own parameter", e);
    }
    KeyPair pair = generator.generateKeyPair();
    return new SigningKey(pair.getPrivate(), pair.getPublic());
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException when others may read the file, or it holds no such key
   */
  public static SigningKey read(Path file) {
    try {
      requirePrivate(file);
      List<String> lines = Files.readAllLines(file);
      int begin = lines.indexOf(BEGIN);
      int end = lines.indexOf(END);
      String published =
          lines.stream().filter(line -> line.startsWith(PUBLIC)).findFirst().orElse("");
      if (begin < 0 || end < begin || published.isEmpty()) {
        throw noKey(file, null);
      }
      SigningKey key =
          pair(lines.subList(begin + 1, end), published.substring(PUBLIC.length()), file);
      key.requirePair(file);
      return key;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: no readable signing key. Make one with ./searchloop keys init.".formatted(file), e);
    }
  }

  private static SigningKey pair(List<String> privateLines, String publicLine, Path file) {
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      byte[] encoded = base64.decode(String.join("", privateLines));
      return new SigningKey(
          Ed25519.keys().generatePrivate(new PKCS8EncodedKeySpec(encoded)),
          Ed25519.publicKey(base64.decode(publicLine)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw noKey(file, e);
    }
  }

  /**
   * Writes the key to a new file that only its owner may read.
   *
   * @throws IllegalArgumentException when the file exists: a key is never overwritten
   */
  public void write(Path file) {
    String pem =
        "%s%s%n%s%n%s%n%s%n"
            .formatted(
                PUBLIC,
                Base64.getEncoder().encodeToString(trusted.publicKey().getEncoded()),
                BEGIN,
                Base64.getEncoder().encodeToString(privateKey.getEncoded()),
                END);
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
      Files.writeString(file, pem, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(
          "%s exists and is left as it is. Name another file for a new key.".formatted(file), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** Its public half, as workers know it. */
  public TrustedKey trusted() {
    return trusted;
  }

  @Override
  public ReleaseSignature sign(byte[] manifest) {
    try {
      Signature signature = Ed25519.signature();
      signature.initSign(privateKey);
      signature.update(manifest);
      return new ReleaseSignature(trusted.id(), signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Key " + trusted.id() + " does not sign", e);
    }
  }

  @Override
  public String toString() {
    return "signing key " + trusted.id();
  }

  private void requirePair(Path file) {
    byte[] probe = trusted.publicKey().getEncoded();
    if (!trusted.verifies(probe, sign(probe).bytes())) {
      throw new IllegalArgumentException(
          "%s: its two halves do not belong together. Restore a copy, or make a new key."
              .formatted(file));
    }
  }

  private static void requirePrivate(Path file) throws IOException {
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
    if (found.stream().anyMatch(each -> !each.name().startsWith("OWNER"))) {
      throw new IllegalArgumentException(
          "%s: mode %s, expected a signing key that only its owner may read. Run chmod 600 on it; if others had access, make a new key."
              .formatted(file, PosixFilePermissions.toString(found)));
    }
  }

  private static IllegalArgumentException noKey(
      Path file, @org.jspecify.annotations.Nullable Exception cause) {
    return new IllegalArgumentException(
        "%s: holds no Ed25519 key as ./searchloop keys init writes it. Restore a copy, or make a new key."
            .formatted(file),
        cause);
  }
}
