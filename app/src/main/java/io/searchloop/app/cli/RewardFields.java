package io.searchloop.app.cli;

import io.searchloop.app.reward.RewardChoice;
import io.searchloop.app.reward.RewardChoices;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The fields of a reward configuration as command-line options. {@code purchase_cap} becomes {@code
 * --purchase-cap}; milliseconds become ISO-8601 durations: {@code long_window_ms} becomes {@code
 * --long-window P7D}.
 */
final class RewardFields implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec command) {
    for (RewardChoice choice : RewardChoices.ALL) {
      command.addOption(
          OptionSpec.builder(option(choice))
              .type(String.class)
              .paramLabel(choice.isDuration() ? "DURATION" : "VALUE")
              .description(choice.help())
              .build());
    }
    return command;
  }

  /** The options that were given, by the names of their fields. */
  static Map<String, String> given(CommandSpec command) {
    Map<String, String> texts = new HashMap<>();
    for (RewardChoice choice : RewardChoices.ALL) {
      String text = command.findOption(option(choice)).getValue();
      if (text != null) {
        texts.put(choice.name(), text);
      }
    }
    return texts;
  }

  private static String option(RewardChoice choice) {
    return "--" + choice.name();
  }
}
