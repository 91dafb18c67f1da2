package io.searchloop.app.fleet;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * From which version, and how slowly.
 *
 * @param from a built checkout of the older version
 * @param between shopping before the first component is upgraded, after each, and after the last
 * @param workers that serve, two at least
 * @param seed of the shop and its shoppers
 * @param given settings of the loop, above ours; both versions must know them
 */
public record UpgradePlan(
    Path from, Duration between, int workers, long seed, Map<String, String> given) {
  public UpgradePlan {
    given = new TreeMap<>(given);
    for (Path part : new Path[] {classes(from), libraries(from)}) {
      if (!Files.isDirectory(part)) {
        throw new IllegalArgumentException(
            "No folder %s, expected that of a built checkout. Run ./searchloop --version there."
                .formatted(part));
      }
    }
    if (between.isNegative()) {
      throw new IllegalArgumentException(
          "time between upgrades is %s, expected not below zero".formatted(between));
    }
    if (workers < 2) {
      throw new IllegalArgumentException(
          "workers is %d, expected 2 at least: one serves while the other is away"
              .formatted(workers));
    }
  }

  /** Class path of the older version. */
  String olderClassPath() {
    return classes(from) + File.pathSeparator + libraries(from).resolve("*");
  }

  /** Settings of the loop. */
  Map<String, String> settings() {
    return ShopSettings.hurried(seed, given);
  }

  private static Path classes(Path checkout) {
    return checkout.resolve(Path.of("app", "target", "classes"));
  }

  private static Path libraries(Path checkout) {
    return checkout.resolve(Path.of("app", "target", "lib"));
  }
}
