package io.searchloop.app.study;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.json.ReportJson;
import io.searchloop.policy.release.PolicyDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Under which settings something was made that a study keeps, so that it is never reported under
 * others. Kept beside it: {@code grpo.settings.json} for {@code grpo}.
 *
 * @param settings what was given, and what the study set; defaults are not told
 */
public record MadeUnder(Map<String, String> settings) {
  public MadeUnder {
    settings = new TreeMap<>(settings);
  }

  /**
   * Settings of what is made from a dataset.
   *
   * @param from policy that it begins with; null for none
   */
  public static MadeUnder of(Dataset dataset, Map<String, String> settings, @Nullable Path from) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put(
        "dataset",
        "%s, %d products, %d queries"
            .formatted(dataset.name(), dataset.products().size(), dataset.queries().size()));
    all.put("split", Long.toString(dataset.split().seed()));
    if (from != null) {
      // Where a policy lies may change, what it is may not.
      all.put(
          "from",
          String.valueOf(
              PolicyDirectory.open(from).manifest().files().get(PolicyDirectory.WEIGHTS)));
    }
    return new MadeUnder(all);
  }

  /** Says it of something that was just made. */
  public void keep(Path made) {
    ReportJson.write(beside(made), this);
  }

  /**
   * Begins a folder, or checks one that was begun before: what it holds goes together.
   *
   * @throws IllegalStateException when it was begun under others, naming those that differ
   */
  public void beginOrRequireSame(Path folder, Consumer<String> warn) {
    if (Files.exists(folder)) {
      requireSame(folder, warn);
    } else {
      keep(folder);
    }
  }

  /**
   * Checks what was made before. What was kept before settings were is accepted.
   *
   * @param warn is told of that
   * @throws IllegalStateException when it was made under others, naming those that differ
   */
  public void requireSame(Path made, Consumer<String> warn) {
    Path file = beside(made);
    if (Files.exists(file)) {
      requireSame(made, ReportJson.read(file, MadeUnder.class));
    } else {
      warn.accept(
          "Found no %s: whether %s was made under these settings is not known, it is taken as it is."
              .formatted(file, made));
    }
  }

  private void requireSame(Path made, MadeUnder found) {
    TreeSet<String> names = new TreeSet<>(settings.keySet());
    names.addAll(found.settings.keySet());
    names.removeIf(name -> value(name).equals(found.value(name)));
    if (!names.isEmpty()) {
      throw new IllegalStateException(
          names.stream()
              .map(name -> "%s %s, expected %s".formatted(name, found.value(name), value(name)))
              .collect(
                  Collectors.joining(
                      "; ",
                      made + " was made under ",
                      ". Give the same options, or choose another --out.")));
    }
  }

  private String value(String name) {
    return settings.getOrDefault(name, "(default)");
  }

  private static Path beside(Path made) {
    return made.resolveSibling(made.getFileName() + ".settings.json");
  }
}
