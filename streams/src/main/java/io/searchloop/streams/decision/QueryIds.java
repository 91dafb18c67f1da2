package io.searchloop.streams.decision;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Ids of searches: milliseconds and 64 random bits in hex. They sort by time and stay unique across
 * workers and restarts, also when a test fixes the seed.
 */
final class QueryIds {
  private QueryIds() {}

  static String at(Instant instant, RandomGenerator random) {
    return "%012x%016x".formatted(instant.toEpochMilli(), random.nextLong());
  }
}
