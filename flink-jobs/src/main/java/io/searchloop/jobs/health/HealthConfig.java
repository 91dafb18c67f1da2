package io.searchloop.jobs.health;

import io.searchloop.schemas.config.Setting;
import java.io.Serializable;
import java.time.Duration;

/**
 * How releases become active.
 *
 * @param promotion who promotes
 * @param settleTime how long to wait for more records before deciding, so that a backlog is judged
 *     as a whole
 */
public record HealthConfig(
    @Setting(
            value = "direct",
            help = "direct promotes every release, canary those that hold, manual none")
        Promotion promotion,
    @Setting(value = "PT0.05S", help = "wait for further records before deciding")
        Duration settleTime)
    implements Serializable {

  /** Who promotes releases. */
  public enum Promotion {
    /** Every release of the current lineage, in order, unless promotions are frozen. */
    DIRECT,
    /** Each release that a trial beside the active one has not shown to do harm. */
    CANARY,
    /** Operators only; the job reports what is active. */
    MANUAL
  }

  public HealthConfig {
    if (settleTime.isNegative()) {
      throw new IllegalArgumentException(
          "settle-time is " + settleTime + ", expected PT0S or more.");
    }
  }
}
