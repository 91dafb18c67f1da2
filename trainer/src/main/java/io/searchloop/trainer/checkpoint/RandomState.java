package io.searchloop.trainer.checkpoint;

import java.util.random.RandomGenerator;

/**
 * Randomness that survives a restart: SplitMix64 (Steele, Lea and Flood, 2014), whose whole state
 * is one number. The JDK's generators hide theirs.
 *
 * <p>Worked number: from state 0 the first value is {@code 0xe220a8397b1dcdaf}.
 */
public final class RandomState implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /** Starts at a seed, or goes on at what {@link #state()} returned. */
  public RandomState(long state) {
    this.state = state;
  }

  /** Where the sequence stands. */
  public long state() {
    return state;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
