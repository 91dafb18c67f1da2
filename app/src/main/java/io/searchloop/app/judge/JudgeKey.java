package io.searchloop.app.judge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The endpoint's key. Nothing prints it: its text says only that there is one. Immutable. */
final class JudgeKey {
  private final String secret;

  /** A header refuses other characters by an error that quotes them, key and all. */
  private JudgeKey(String secret, String source) {
    if (!secret.chars().allMatch(letter -> letter >= '!' && letter <= '~')) {
      throw new IllegalArgumentException(
          "The judge's key in %s has other characters than the ASCII ones from ! to ~, perhaps a byte order mark or a space. Write the key alone, without them."
              .formatted(source));
    }
    this.secret = secret;
  }

  /**
   * The key of a file, else of the environment; empty when neither has one, as an endpoint of one's
   * own may need none.
   *
   * @throws IllegalArgumentException when the file holds none, or what is no key
   */
  static Optional<JudgeKey> find(
      HttpJudgeConfig config, UnaryOperator<@Nullable String> environment) {
    Optional<Path> file = config.keyPath();
    if (file.isPresent()) {
      return Optional.of(new JudgeKey(firstLine(file.get()), file.get().toString()));
    }
    String value = environment.apply(config.keyVariable());
    return value == null || value.isBlank()
        ? Optional.empty()
        : Optional.of(new JudgeKey(value.strip(), "environment variable " + config.keyVariable()));
  }

  /** Value of the header {@code Authorization}. */
  String header() {
    return "Bearer " + secret;
  }

  @Override
  public String toString() {
    return "JudgeKey[hidden]";
  }

  private static String firstLine(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || lines.get(0).isBlank()) {
        throw new IllegalArgumentException(
            "%s is empty, expected a key in its first line. Correct train.judge.key-file."
                .formatted(file));
      }
      return lines.get(0).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read the judge's key from %s. Correct train.judge.key-file.".formatted(file), e);
    }
  }
}
