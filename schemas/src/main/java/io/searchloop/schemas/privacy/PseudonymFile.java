package io.searchloop.schemas.privacy;

import io.searchloop.schemas.access.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A file of keys: one line each, the instant from which it holds and its secret in base64. Empty
 * lines and those that begin with {@code #} are skipped.
 */
public final class PseudonymFile {
  private static final String FORM =
      "an instant and 32 bytes in base64, as 2026-01-31T00:00:00Z c2Vj...";
  private static final String REMEDY = "Write it with ./searchloop privacy key.";
  private static final String HEADER =
      "# Searchloop: keys of visitors' pseudonyms. Whoever has them can tell who is who.\n";

  private PseudonymFile() {}

  /**
   * Adds a fresh key, and the file where there is none.
   *
   * @param since searches decided from then on are under it
   * @throws IllegalArgumentException when the file exists and is none of keys, or has a key that
   *     begins as late
   */
  public static void add(Path file, Instant since, SecureRandom random) {
    byte[] secret = new byte[PseudonymKey.SECRET_BYTES];
    random.nextBytes(secret);
    String line = since + " " + Base64.getEncoder().encodeToString(secret) + "\n";
    try {
      if (Files.exists(file)) {
        requireLatest(file, since);
        Files.writeString(file, line, StandardOpenOption.APPEND);
        return;
      }
      SecretFile.create(file);
      Files.writeString(file, HEADER + line, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The keys of a file, at least one.
   *
   * @throws IllegalArgumentException naming the line that cannot be used; or when others may read
   *     the file
   */
  static List<PseudonymKey> read(Path file) {
    List<String> lines;
    try {
      SecretFile.check(file);
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: no readable file of pseudonym keys. %s".formatted(file, REMEDY), e);
    }
    List<PseudonymKey> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(key(file, i + 1, line));
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: no key, expected lines of %s. %s".formatted(file, FORM, REMEDY));
    }
    return keys;
  }

  private static PseudonymKey key(Path file, int number, String line) {
    String[] words = line.split("\\s+");
    try {
      if (words.length == 2) {
        return new PseudonymKey(Instant.parse(words[0]), Base64.getDecoder().decode(words[1]));
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      // Said below, without the line: it may hold a secret.
    }
    throw new IllegalArgumentException(
        "%s, line %d is no key, expected %s. %s".formatted(file, number, FORM, REMEDY));
  }

  private static void requireLatest(Path file, Instant since) {
    for (PseudonymKey key : read(file)) {
      if (!key.since().isBefore(since)) {
        throw new IllegalArgumentException(
            "%s has a key since %s, expected all to begin before the new one's %s. Let the new one begin later."
                .formatted(file, key.since(), since));
      }
    }
  }
}
