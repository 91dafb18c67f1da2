package io.searchloop.policy.signing;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The keys whose releases are served, and how old releases may be that nobody signed. In a file one
 * line each:
 *
 * <pre>
 *   ed25519 MCowBQYDK2VwAyEA...                    # serves whatever it signed
 *   ed25519 MCowBQYDK2VwAyEA... not-after=4711     # rotated out: serves versions up to 4711
 *   unsigned not-after=12                          # releases from before there were keys
 * </pre>
 *
 * To rotate, trust the new key beside the old one on every worker, let the trainer sign with it,
 * then give the old one a last version or take its line out.
 *
 * @param keys trusted keys
 * @param unsignedUntil last version that needs no signature; -1 for none
 */
public record TrustedKeys(List<TrustedKey> keys, long unsignedUntil) {
  /** Serves everything; for machines on which nobody else can write to Kafka. */
  public static final TrustedKeys UNSIGNED = new TrustedKeys(List.of(), TrustedKey.ALWAYS);

  static final String KEY = "ed25519";
  static final String NOT_AFTER = "not-after=";
  private static final String NO_SIGNATURE = "unsigned";

  public TrustedKeys {
    keys = List.copyOf(keys);
  }

  /** These keys, and nothing unsigned. */
  public static TrustedKeys of(TrustedKey... keys) {
    return new TrustedKeys(List.of(keys), -1);
  }

  /**
   * Reads a file of trusted keys.
   *
   * @throws IllegalArgumentException naming the line that is none
   */
  public static TrustedKeys read(Path file) {
    List<TrustedKey> keys = new ArrayList<>();
    long unsignedUntil = -1;
    int number = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        number++;
        int hash = line.indexOf('#');
        String comment = hash < 0 ? "" : line.substring(hash + 1).strip();
        String[] words = (hash < 0 ? line : line.substring(0, hash)).strip().split("\\s+");
        if (words[0].equals(NO_SIGNATURE)) {
          if (words.length == 1) { // would trust everybody, for ever
            throw new IllegalArgumentException("'" + NO_SIGNATURE + "' up to no version");
          }
          unsignedUntil = Math.max(unsignedUntil, notAfter(words, 1));
        } else if (words[0].equals(KEY) && words.length > 1) {
          TrustedKey key = TrustedKey.of(Ed25519.publicKey(Base64.getDecoder().decode(words[1])));
          keys.add(new TrustedKey(key.id(), key.publicKey(), notAfter(words, 2), comment));
        } else if (!words[0].isEmpty()) {
          throw new IllegalArgumentException("it begins with '" + words[0] + "'");
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: no readable file of trusted keys. Make one with ./searchloop keys init."
              .formatted(file),
          e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s line %d: no trusted key (%s), expected 'ed25519 KEY [not-after=VERSION] [# comment]' or 'unsigned not-after=VERSION'."
              .formatted(file, number, e.getMessage()),
          e);
    }
    return new TrustedKeys(keys, unsignedUntil);
  }

  /** Adds a key to a file, which is made when missing. */
  public static void append(Path file, TrustedKey key) throws IOException {
    append(file, key.toLine());
  }

  /** Accepts in a file what nobody signed up to a version, for logs from before there were keys. */
  public static void appendUnsigned(Path file, long lastVersion) throws IOException {
    append(file, NO_SIGNATURE + " " + NOT_AFTER + lastVersion);
  }

  /**
   * Those that vouch for releases of any version, for a release whose version nobody but its bearer
   * states. One that was rotated out vouches for nothing then; take its last version off its line
   * to trust it all the same.
   */
  public TrustedKeys ofAnyVersion() {
    return new TrustedKeys(
        keys.stream().filter(key -> key.notAfter() == TrustedKey.ALWAYS).toList(),
        unsignedUntil == TrustedKey.ALWAYS ? unsignedUntil : -1);
  }

  /**
   * Checks who vouches for a release.
   *
   * @param version policy version
   * @param manifest bytes exactly as carried
   * @throws InvalidReleaseException when nobody does that is trusted for it
   */
  public void verify(long version, byte[] manifest, ReleaseSignature signature) {
    if (version <= unsignedUntil) {
      return;
    }
    if (!signature.present()) {
      throw new InvalidReleaseException(
          ReleaseFault.UNSIGNED,
          "Policy %d is not signed, expected a signature by one of %s. Set trainer.signing-key, or list the version as unsigned among the trusted keys."
              .formatted(version, ids()));
    }
    TrustedKey key =
        keys.stream()
            .filter(each -> each.id().equals(signature.keyId()) && version <= each.notAfter())
            .findFirst()
            .orElseThrow(() -> untrusted(version, signature.keyId()));
    if (!key.verifies(manifest, signature.bytes())) {
      throw new InvalidReleaseException(
          ReleaseFault.SIGNATURE,
          "Policy %d: its signature by key %s does not fit its manifest. Somebody changed one of them; activate another version and look who may write policy.releases.v1."
              .formatted(version, key.id()));
    }
  }

  private InvalidReleaseException untrusted(long version, String keyId) {
    String found =
        keys.stream()
            .filter(each -> each.id().equals(keyId))
            .findFirst()
            .map(each -> "trusted up to version " + each.notAfter())
            .orElse("not trusted");
    return new InvalidReleaseException(
        ReleaseFault.UNTRUSTED_KEY,
        "Policy %d is signed by key %s, which is %s; trusted are %s. Add the key to serving.trusted-keys if it is yours."
            .formatted(version, keyId, found, ids()));
  }

  private String ids() {
    return keys.isEmpty()
        ? "no keys at all"
        : keys.stream().map(TrustedKey::id).collect(Collectors.joining(", "));
  }

  private static long notAfter(String[] words, int at) {
    if (words.length <= at) {
      return TrustedKey.ALWAYS;
    }
    if (!words[at].startsWith(NOT_AFTER) || words.length > at + 1) {
      throw new IllegalArgumentException("'" + words[at] + "'");
    }
    return Long.parseLong(words[at].substring(NOT_AFTER.length()));
  }

  private static void append(Path file, String line) throws IOException {
    Files.writeString(
        file, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
