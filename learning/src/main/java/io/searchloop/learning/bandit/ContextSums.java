package io.searchloop.learning.bandit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What each arm earned in each kind of search, and what that says of their means: partial pooling
 * (Gelman and Hill, 2007, chapter 12) from wide to narrow,
 *
 * <pre>
 *   all searches:    prior N(m, s^2 / pooling), m and s^2 mean and variance of all rewards
 *   a narrower kind: prior N(mean of the wider, its variance + s^2 / pooling)
 * </pre>
 *
 * <p>so no scale of rewards has to be configured. One thread.
 */
final class ContextSums {
  private final BanditConfig config;
  private final double halfLifeSeconds;
  private final Map<Context, List<RewardSums>> sums = new LinkedHashMap<>(16, .75f, true);
  private long forgotten;

  ContextSums(BanditConfig config) {
    this.config = config;
    this.halfLifeSeconds = seconds(config.halfLife());
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }

  /** Adds an outcome of a search to every kind it is of. */
  void add(Context context, int arm, double second, Change change) {
    for (Context level : context.levels()) {
      of(level).get(arm).add(second, change.count(), change.reward(), change.square());
    }
  }

  /** What is believed of every arm in a kind of search; empty while nothing can be told. */
  List<Belief> beliefs(Context context, double second) {
    List<RewardSums> all = at(Context.NONE, second);
    double weight = all.stream().mapToDouble(RewardSums::weight).sum();
    double mean = all.stream().mapToDouble(RewardSums::sum).sum() / weight;
    double noise = all.stream().mapToDouble(RewardSums::squares).sum() / weight - mean * mean;
    if (!(weight >= 2 && noise > 0)) {
      return List.of();
    }
    double spread = noise / config.pooling();
    List<Belief> beliefs = new ArrayList<>();
    IntStream.range(0, config.arms().size()).forEach(arm -> beliefs.add(new Belief(mean, spread)));
    for (Context level : context.levels()) {
      List<RewardSums> own = at(level, second);
      double widened = level.path().isEmpty() ? 0 : spread;
      for (int arm = 0; arm < beliefs.size(); arm++) {
        beliefs.set(arm, beliefs.get(arm).widened(widened).after(own.get(arm), noise));
      }
    }
    return beliefs;
  }

  /** Kinds of search forgotten because there were too many. */
  long forgotten() {
    return forgotten;
  }

  private List<RewardSums> at(Context level, double second) {
    List<RewardSums> own = of(level);
    own.forEach(arm -> arm.at(second));
    return own;
  }

  private List<RewardSums> of(Context level) {
    List<RewardSums> own = sums.get(level);
    if (own == null) {
      own = config.arms().stream().map(arm -> new RewardSums(halfLifeSeconds)).toList();
      sums.put(level, own);
      if (sums.size() > config.mostContexts()) {
        sums.remove(sums.keySet().iterator().next());
        forgotten++;
      }
    }
    return own;
  }

  /**
   * What an outcome changes.
   *
   * @param count 1 for the first outcome of a search, else 0
   * @param reward change of its reward
   * @param square change of the square of its reward
   */
  record Change(int count, double reward, double square) {}
}
