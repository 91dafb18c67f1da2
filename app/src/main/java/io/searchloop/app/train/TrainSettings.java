package io.searchloop.app.train;

import io.searchloop.app.judge.HttpJudgeConfig;
import io.searchloop.app.judge.JudgeWeights;
import io.searchloop.jobs.engine.EngineRewardConfig;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.config.InvalidConfigurationException;
import io.searchloop.trainer.TrainerConfig;
import io.searchloop.trainer.offline.OfflineConfig;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.warmstart.WarmStartConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Every setting of {@code ./searchloop train}. */
public record TrainSettings(
    WarmStartConfig warmStart,
    OfflineConfig offline,
    TrainerConfig trainer,
    GateSettings gate,
    EngineRewardConfig engine,
    FeedbackConfig feedback,
    EnginePrices prices,
    PromptConfig prompt,
    JudgeWeights judgeWeights,
    HttpJudgeConfig judge) {

  /** Steps rather than minutes, so that equal seeds give equal policies on every machine. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "trainer.warm-start.steps", "8000",
          "trainer.warm-start.co-clicks", "0",
          "trainer.warm-start.vocabulary", "4096",
          "trainer.learning-rate", "0.0002",
          "trainer.kl-weight", "0.05",
          "trainer.temperature", "0.9",
          "trainer.gate.max-kl", "2");

  private static final String JUDGE = "train.judge";
  private static final String EXPANSIONS = "0.15";
  private static final int PROMPT = 32;
  private static final int PROMPT_PER_PRODUCT = 16;

  /**
   * Binds settings, the defaults of training beneath those given.
   *
   * @throws io.searchloop.schemas.config.InvalidConfigurationException naming every problem
   */
  public static TrainSettings of(Map<String, String> given) {
    Map<String, String> values = new TreeMap<>(DEFAULTS);
    values.putAll(given);
    makeRoomForProducts(values);
    makeRoomForExpansions(values, given);
    ConfigBinder binder = new ConfigBinder(values);
    TrainSettings settings = bind(binder);
    binder.finish();
    settings.requireJudge(given);
    return settings;
  }

  /** Before hours of a warm start, not after it. */
  private void requireJudge(Map<String, String> given) {
    if (feedback.from() == FeedbackConfig.Source.HTTP) {
      judge.requireUsable();
      return;
    }
    List<String> idle = given.keySet().stream().filter(key -> key.startsWith(JUDGE + ".")).toList();
    if (!idle.isEmpty()) {
      throw new InvalidConfigurationException(
          List.of(
              "Settings %s ask a judge, but train.feedback.from is %s. Set it to http, or leave them out."
                  .formatted(idle, feedback.from().name().toLowerCase(Locale.ROOT))));
    }
  }

  /** Every key with its default and help, tab-separated. */
  public static Map<String, String> known() {
    ConfigBinder binder = new ConfigBinder(Map.of());
    bind(binder);
    Map<String, String> known = new TreeMap<>(binder.known());
    DEFAULTS.forEach(
        (key, value) ->
            known.computeIfPresent(key, (k, text) -> value + text.substring(text.indexOf('\t'))));
    return known;
  }

  /** A prompt of the usual length would show nothing of k products. */
  private static void makeRoomForProducts(Map<String, String> values) {
    String products = values.getOrDefault("train.prompt.products", "0");
    if (products.matches("[1-9][0-9]{0,2}")) {
      int room = PROMPT + PROMPT_PER_PRODUCT * Integer.parseInt(products);
      values.putIfAbsent("trainer.warm-start.max-prompt", Integer.toString(room));
    }
  }

  /** Expansions come as pairs, and the default of those is none. */
  private static void makeRoomForExpansions(Map<String, String> values, Map<String, String> given) {
    if (!values.getOrDefault("train.feedback.expansions", "0").equals("0")
        && !given.containsKey("trainer.warm-start.co-clicks")) {
      values.put("trainer.warm-start.co-clicks", EXPANSIONS);
    }
  }

  private static TrainSettings bind(ConfigBinder binder) {
    return new TrainSettings(
        binder.bind("trainer.warm-start", WarmStartConfig.class),
        binder.bind("train", OfflineConfig.class),
        binder.bind("trainer", TrainerConfig.class),
        binder.bind("trainer.gate", GateSettings.class),
        binder.bind("engine", EngineRewardConfig.class),
        binder.bind("train.feedback", FeedbackConfig.class),
        binder.bind("train.reward", EnginePrices.class),
        binder.bind("train.prompt", PromptConfig.class),
        binder.bind(JUDGE, JudgeWeights.class),
        binder.bind(JUDGE, HttpJudgeConfig.class));
  }
}
