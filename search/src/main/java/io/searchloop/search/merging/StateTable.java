package io.searchloop.search.merging;

import java.util.Arrays;

/**
 * Probability by state of a half-finished merge: a map of primitives, because pages wait for it.
 */
final class StateTable {
  private static final long EMPTY = -1;

  private long[] states = new long[64];
  private double[] probabilities = new double[64];
  private int size;

  StateTable() {
    Arrays.fill(states, EMPTY);
  }

  /** Adds to a state's probability; states are not negative. */
  void add(long state, double probability) {
    if (2 * size >= states.length) {
      grow();
    }
    int slot = slot(state);
    if (states[slot] == EMPTY) {
      states[slot] = state;
      size++;
    }
    probabilities[slot] += probability;
  }

  int size() {
    return size;
  }

  /** Slots to visit; those of {@link #isEmpty} hold no state. */
  int slots() {
    return states.length;
  }

  boolean isEmpty(int slot) {
    return states[slot] == EMPTY;
  }

  long state(int slot) {
    return states[slot];
  }

  double probability(int slot) {
    return probabilities[slot];
  }

  private int slot(long state) {
    int mask = states.length - 1;
    int slot = Long.hashCode(state * 0x9E3779B97F4A7C15L) & mask;
    while (states[slot] != EMPTY && states[slot] != state) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldStates = states;
    double[] oldProbabilities = probabilities;
    states = new long[2 * oldStates.length];
    probabilities = new double[states.length];
    Arrays.fill(states, EMPTY);
    for (int i = 0; i < oldStates.length; i++) {
      if (oldStates[i] != EMPTY) {
        int slot = slot(oldStates[i]);
        states[slot] = oldStates[i];
        probabilities[slot] = oldProbabilities[i];
      }
    }
  }
}
