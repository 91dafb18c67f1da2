package io.searchloop.app.train;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.searchloop.app.dataset.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a run keeps what it needs to go on: {@code training/} beside the policy's files. Safe to
 * delete once the policy is sealed.
 */
final class RunDirectory {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path path;

  private RunDirectory(Path path) {
    this.path = path;
  }

  /**
   * Opens the directory of a run, new or interrupted.
   *
   * @throws IllegalStateException when another run began there: its checkpoints would not fit
   */
  static RunDirectory open(Path out, TrainSettings settings, Dataset dataset, String beginning) {
    RunDirectory directory = new RunDirectory(out.resolve("training"));
    Map<String, String> identity = identity(settings, dataset);
    identity.put("beginning", beginning);
    Path file = directory.path.resolve("run.json");
    try {
      Files.createDirectories(directory.path);
      if (Files.exists(file)) {
        requireSame(out, JSON.readValue(file.toFile(), new TypeReference<>() {}), identity);
      } else {
        JSON.writeValue(file.toFile(), identity);
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open " + file + "; choose another --out.", e);
    }
  }

  Path warmStart() {
    return path.resolve("warm-start");
  }

  Path learning() {
    return path.resolve("learning");
  }

  /** What two runs must share to be one: all but how long, and how often it is looked at. */
  private static Map<String, String> identity(TrainSettings settings, Dataset dataset) {
    Map<String, String> identity = new TreeMap<>();
    identity.put(
        "dataset",
        "%s, %d products, %d queries"
            .formatted(dataset.name(), dataset.products().size(), dataset.queries().size()));
    identity.put("split", Long.toString(dataset.split().seed()));
    identity.put("warm start", settings.warmStart().toString());
    identity.put("trainer", settings.trainer().toString());
    identity.put("engine", settings.engine().toString());
    identity.put("feedback", settings.feedback().toString());
    identity.put("reward", settings.prices().toString());
    identity.put("prompt", settings.prompt().toString());
    identity.put("queries of a step", Integer.toString(settings.offline().queries()));
    identity.put("candidates", Integer.toString(settings.offline().candidates()));
    identity.put("pairs", settings.offline().pairs().toString());
    identity.put("seed", Long.toString(settings.offline().seed()));
    if (settings.feedback().from() == FeedbackConfig.Source.HTTP) {
      identity.put("judge", settings.judge().described() + ", " + settings.judgeWeights());
    }
    return identity;
  }

  private static void requireSame(Path out, Map<String, String> began, Map<String, String> now) {
    began.forEach(
        (name, value) -> {
          if (!value.equals(now.get(name))) {
            throw new IllegalStateException(
                ("%s holds a run that began with %s `%s`, this one has `%s`. Go on with the former"
                        + " settings, or choose another --out.")
                    .formatted(out, name, value, now.get(name)));
          }
        });
  }
}
