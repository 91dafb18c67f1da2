package io.searchloop.app.replay;

import io.searchloop.app.launcher.LoopSettings;
import java.util.Map;
import java.util.TreeMap;

/** The loop's settings where a replay departs from them. */
final class ReplaySettings {
  /**
   * A replay talks to nobody, so any free port will do. Its partitions are never silent for long: a
   * slow one must hold event time back, or its records would be late. Logs of months are read as
   * fast as they can be, however far one gets ahead of the other. Checkpoints only bound what is
   * written at once.
   */
  private static final Map<String, String> REPLAY =
      Map.of(
          "broker.port", "0",
          "broker.controller-port", "0",
          "registry.port", "0",
          "flink.port", "0",
          "flink.checkpoint-interval", "PT5S",
          "attribution.idle-timeout", "PT1H",
          "attribution.max-lead", "P36500D",
          "assembly.idle-timeout", "PT1H");

  private ReplaySettings() {}

  /**
   * Binds settings.
   *
   * @param fitting what fits the input, between the replay's defaults and what was given
   * @param given settings of the command line
   */
  static LoopSettings of(Map<String, String> fitting, Map<String, String> given) {
    return LoopSettings.of(effective(fitting, given), false);
  }

  /** What departs from the loop's defaults, for the report. */
  static Map<String, String> effective(Map<String, String> fitting, Map<String, String> given) {
    Map<String, String> values = new TreeMap<>(REPLAY);
    values.putAll(fitting);
    values.putAll(given);
    return values;
  }
}
