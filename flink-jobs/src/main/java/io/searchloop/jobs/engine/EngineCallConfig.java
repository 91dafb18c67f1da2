package io.searchloop.jobs.engine;

import io.searchloop.schemas.config.Setting;
import java.io.Serializable;
import java.time.Duration;

/**
 * How patiently each subtask asks the engine. One call scores all rewrites of one decision.
 *
 * <p>With the defaults a decision that always fails is given up after six attempts and 15.5 seconds
 * of waiting; the breaker lets trial calls through every 5 seconds, so an outage shorter than that
 * costs nothing but delay.
 *
 * @param capacity decisions in flight; more wait in the topic
 * @param threads threads that search
 * @param timeout longest that one attempt may take, waiting for a thread included
 * @param attempts attempts before a decision becomes a dead letter
 * @param backoff wait before the second attempt; doubles with each further one
 * @param maxBackoff longest wait between attempts
 * @param breakerCalls attempts over which failures are counted
 * @param breakerFailureRate share of failed attempts at which the engine is left alone, above 0
 * @param breakerOpen how long it is left alone before trial calls
 */
public record EngineCallConfig(
    @Setting(value = "64", help = "decisions in flight in a subtask") int capacity,
    @Setting(value = "2", help = "threads that search in a subtask") int threads,
    @Setting(value = "PT2S", help = "longest that one attempt may take") Duration timeout,
    @Setting(value = "6", help = "attempts before a decision becomes a dead letter") int attempts,
    @Setting(value = "PT0.5S", help = "wait before the second attempt, doubled each time")
        Duration backoff,
    @Setting(value = "PT8S", help = "longest wait between attempts") Duration maxBackoff,
    @Setting(value = "20", help = "attempts over which failures are counted") int breakerCalls,
    @Setting(value = "0.5", help = "share of failures at which the engine is left alone")
        double breakerFailureRate,
    @Setting(value = "PT5S", help = "how long the engine is left alone before trial calls")
        Duration breakerOpen)
    implements Serializable {

  public EngineCallConfig {
    atLeastOne("capacity", capacity);
    atLeastOne("threads", threads);
    atLeastOne("attempts", attempts);
    atLeastOne("breaker-calls", breakerCalls);
    positive("timeout", timeout);
    positive("backoff", backoff);
    positive("breaker-open", breakerOpen);
    if (maxBackoff.compareTo(backoff) < 0) {
      throw new IllegalArgumentException(
          "max-backoff is %s, expected at least backoff, which is %s."
              .formatted(maxBackoff, backoff));
    }
    if (!(breakerFailureRate > 0 && breakerFailureRate <= 1)) {
      throw new IllegalArgumentException(
          "breaker-failure-rate is " + breakerFailureRate + ", expected above 0, at most 1.");
    }
  }

  private static void atLeastOne(String key, int found) {
    if (found < 1) {
      throw new IllegalArgumentException(key + " is " + found + ", expected at least 1.");
    }
  }

  private static void positive(String key, Duration found) {
    if (found.toMillis() < 1) {
      throw new IllegalArgumentException(
          key + " is " + found + ", expected at least a millisecond, such as PT1S.");
    }
  }
}
