package io.searchloop.app.study.upkeep;

import java.util.Locale;

/** What rewards a policy after its first stage. */
public enum RewardArm {
  /** The model that was learned from the warm start's pages, all through. */
  FROZEN,
  /** A model learned before each stage from the pages of the policy as it then is. */
  REFRESHED;

  /** Name in tables and folders. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
