package io.searchloop.app.rewrites;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of rules, each beneath a comment with its evidence.
 *
 * @param lines of the file
 * @param rules in it
 * @param unsaid wins that the format has no way to say
 */
public record RuleExport(List<String> lines, long rules, long unsaid) {

  /** Copies the lines. */
  public RuleExport {
    lines = List.copyOf(lines);
  }

  /** The wins, written in a format. */
  public static RuleExport of(RewriteWins found, RuleFormat format) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "# Rewrites that earned more than their query as typed, by ./searchloop rewrites export",
                "# %d rewrites of %d queries compared, each by a 95 %% interval over visitors:"
                    .formatted(found.compared(), found.queries()),
                "# about %.1f of them would pass by luck if none changed anything."
                    .formatted(found.byLuck())));
    long rules = 0;
    for (RewriteWin win : found.wins()) {
      Optional<List<String>> rule = format.rule(win);
      if (rule.isPresent()) {
        lines.add("");
        lines.add("# " + win.evidence());
        lines.addAll(rule.get());
        rules++;
      }
    }
    return new RuleExport(lines, rules, found.wins().size() - rules);
  }

  /** Writes the file whole, or leaves what was there. */
  public void write(Path file) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    try {
      Path half = Files.createTempFile(folder, "rules", ".half");
      try {
        Files.write(half, lines);
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Rules could not be written to %s: %s. Name a file in a folder that can be written to."
              .formatted(file, e),
          e);
    }
  }
}
