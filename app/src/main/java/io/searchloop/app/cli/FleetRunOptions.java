package io.searchloop.app.cli;

import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What runs of a fleet without troubles have in common. */
final class FleetRunOptions {
  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      defaultValue = "PT3M",
      description = "Shopping before figures count (default: ${DEFAULT-VALUE}).")
  private Duration warmUp = Duration.ofMinutes(3);

  @Mixin private SeedOption seed = new SeedOption();

  Duration warmUp() {
    return warmUp;
  }

  long seed() {
    return seed.value();
  }
}
