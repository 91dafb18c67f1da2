package io.searchloop.streams.decision;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Deals every request a random stream of its own, so requests need no lock while they sample. */
public final class RequestRandom {
  private final RandomGenerator seeds;

  /**
   * @param seeds source of seeds; used under a lock, need not be safe for threads
   */
  public RequestRandom(RandomGenerator seeds) {
    this.seeds = seeds;
  }

  /** A fresh stream. */
  public synchronized SplittableRandom next() {
    return new SplittableRandom(seeds.nextLong());
  }
}
