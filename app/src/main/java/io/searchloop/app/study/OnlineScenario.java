package io.searchloop.app.study;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** What happens to a shop while its loop learns; each sets what the demo has otherwise. */
public enum OnlineScenario {
  /** Nothing: one rewrite a visitor. */
  LEARNING(Map.of()),
  /** The loop turns and learns nothing: what chance alone does to its figures. */
  FROZEN(Map.of("trainer.learning-rate", "0")),
  /** Half of the policy's searches merge the lists of all rewrites on one page. */
  MULTILEAVED(Map.of("serving.multileave-share", "0.5")),
  /** One visitor in ten is a robot, and every click is believed. */
  ROBOTS(Map.of("shoppers.robot-share", "0.1")),
  /** The same robots, condemned when they click most of a page. */
  ROBOTS_CONDEMNED(Map.of("shoppers.robot-share", "0.1", "reward.click-all-products", "8")),
  /** Half-way, every other product that shoppers like is withdrawn. */
  WITHDRAWN(Map.of());

  private final Map<String, String> settings;

  OnlineScenario(Map<String, String> settings) {
    this.settings = settings;
  }

  /** Name on the command line and in tables, such as {@code robots-condemned}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Settings of the loop. */
  Map<String, String> settings() {
    return settings;
  }

  /**
   * The scenario of a name.
   *
   * @throws IllegalArgumentException listing those there are
   */
  public static OnlineScenario of(String key) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Found scenario %s, expected one of %s."
                        .formatted(
                            key, Arrays.stream(values()).map(OnlineScenario::key).toList())));
  }
}
