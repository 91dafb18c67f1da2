package io.searchloop.app.study.bandit;

import java.util.SplittableRandom;

/**
 * The generators of one run, all made by the one that its seed makes: no two of them draw alike,
 * nor do two runs whose seeds are neighbours. Runs under one seed draw the same, so that their
 * differences are paired. Used by one thread.
 *
 * @param arrivals who comes, when, and how often
 * @param intents what is searched for
 * @param choices which arms are drawn
 * @param deliveries what is delivered twice
 * @param resamples visitors of the bootstrap
 * @param visitors from which the generators of visitors are numbered on
 */
record RandomStreams(
    SplittableRandom arrivals,
    SplittableRandom intents,
    SplittableRandom choices,
    SplittableRandom deliveries,
    SplittableRandom resamples,
    long visitors) {

  static RandomStreams of(long seed) {
    SplittableRandom root = new SplittableRandom(seed);
    return new RandomStreams(
        root.split(), root.split(), root.split(), root.split(), root.split(), root.nextLong());
  }

  /** The generator of a visitor, the same at every call. */
  SplittableRandom visitor(int number) {
    return new SplittableRandom(visitors + number);
  }
}
