package io.searchloop.app.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What runs of a fleet without troubles have in common. */
final class FleetRunOptions {
  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      defaultValue = "PT3M",
      description = "Shopping before figures count (default: ${DEFAULT-VALUE}).")
  private Duration warmUp = Duration.ofMinutes(3);

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Seed of the shop and its shoppers (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  Duration warmUp() {
    return warmUp;
  }

  long seed() {
    return seed;
  }
}
