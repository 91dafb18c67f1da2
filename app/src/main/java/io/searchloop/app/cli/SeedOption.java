package io.searchloop.app.cli;

import picocli.CommandLine.Option;

/** The seed of a run with simulated shoppers. */
final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description =
          "Seed of the shop, its shoppers and whatever befalls them (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  long value() {
    return seed;
  }
}
