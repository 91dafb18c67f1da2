package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.MarketplaceConfig;
import io.searchloop.schemas.config.ConfigBinder;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run that takes seconds: a small network, few steps, a gate that lets everything pass. */
public final class TinyTraining {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("trainer.warm-start.steps", "60"),
          Map.entry("trainer.warm-start.vocabulary", "500"),
          Map.entry("trainer.warm-start.width", "32"),
          Map.entry("trainer.warm-start.layers", "1"),
          Map.entry("trainer.warm-start.heads", "2"),
          Map.entry("trainer.warm-start.hidden", "64"),
          Map.entry("trainer.gate.min-validity", "0"),
          Map.entry("trainer.gate.min-sampled-validity", "0"),
          Map.entry("trainer.gate.max-kl", "100"),
          Map.entry("trainer.gate.max-length-ratio", "100"),
          Map.entry("train.queries", "8"),
          Map.entry("train.validate-every", "2"),
          Map.entry("train.checkpoint-every", "2"),
          Map.entry("train.steps", "4"));

  private TinyTraining() {}

  /** What makes a run so small. */
  public static Map<String, String> settings() {
    return SETTINGS;
  }

  /** A made-up shop. */
  public static Dataset shop() {
    ConfigBinder binder =
        new ConfigBinder(Map.of("marketplace.products", "300", "marketplace.queries", "120"));
    return GeneratedMarketplace.generate(binder.bind("marketplace", MarketplaceConfig.class));
  }

  /** A run on it. */
  public static TrainRun run(Dataset shop, Path out, Map<String, String> given) {
    return run(shop, out, given, null);
  }

  /** A run that begins with what a directory holds. */
  static TrainRun run(Dataset shop, Path out, Map<String, String> given, @Nullable Path from) {
    Map<String, String> values = new TreeMap<>(SETTINGS);
    values.putAll(given);
    return new TrainRun(
        shop,
        TrainSettings.of(values),
        given,
        Beginning.of(from),
        out,
        InstantSource.fixed(Instant.EPOCH),
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
  }
}
