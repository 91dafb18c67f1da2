package io.searchloop.trainer.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Whether weights are exactly those of a network: none too few, none too many, all in shape. */
public final class WeightFit {
  private static final int LISTED_PROBLEMS = 12;

  private WeightFit() {}

  /**
   * Fails unless they fit; reads nothing but names and shapes.
   *
   * @throws IllegalArgumentException naming missing, misshapen and unknown weights
   */
  public static void require(NetworkConfig config, WeightSource source) {
    List<String> problems = problems(config.parameterShapes(), source.shapes());
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "weights do not fit this network: %s. Load a checkpoint of the same network shape."
              .formatted(summary(problems)));
    }
  }

  private static List<String> problems(Map<String, long[]> expected, Map<String, long[]> found) {
    List<String> problems = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          long[] other = found.get(name);
          if (other == null) {
            problems.add("`" + name + "` is missing");
          } else if (!Arrays.equals(other, shape)) {
            problems.add(
                "`%s` is %s, expected %s"
                    .formatted(name, Arrays.toString(other), Arrays.toString(shape)));
          }
        });
    found.keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .forEach(name -> problems.add("`" + name + "` is unknown"));
    return problems;
  }

  private static String summary(List<String> problems) {
    int shown = Math.min(problems.size(), LISTED_PROBLEMS);
    String more = problems.size() > shown ? "; and " + (problems.size() - shown) + " more" : "";
    return String.join("; ", problems.subList(0, shown)) + more;
  }
}
