package io.searchloop.learning.bandit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each arm earned in each kind of search, and what that says of their means: partial pooling
 * (Gelman and Hill, 2007, chapter 12) from wide to narrow,
 *
 * <pre>
 *   all searches:    prior N(m, s^2 / pooling), m the mean of all rewards
 *   a narrower kind: prior N(mean of the wider, its variance + s^2 / pooling)
 *   s^2 of a kind:   variance of its rewards, pooled with that of the wider kind
 * </pre>
 *
 * <p>so no scale of rewards has to be configured. One thread.
 */
final class ContextSums {
  private static final double LEAST_SEARCHES = 2;

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
    double noise = weight < LEAST_SEARCHES ? 0 : variance(all, weight);
    if (!(noise > 0)) {
      return List.of();
    }
    double mean = all.stream().mapToDouble(RewardSums::sum).sum() / weight;
    List<Belief> beliefs =
        new ArrayList<>(Collections.nCopies(config.arms().size(), new Belief(mean, 0)));
    for (Context level : context.levels()) {
      List<RewardSums> own = at(level, second);
      noise = noise(own, noise);
      for (int arm = 0; arm < beliefs.size(); arm++) {
        Belief wider = beliefs.get(arm).widened(noise / config.pooling());
        beliefs.set(arm, wider.after(own.get(arm), noise));
      }
    }
    return beliefs;
  }

  /** The variance of single rewards, pooled as means are. */
  private double noise(List<RewardSums> own, double wider) {
    double weight = own.stream().mapToDouble(RewardSums::weight).sum();
    return weight == 0
        ? wider
        : (config.pooling() * wider + weight * variance(own, weight)) / (config.pooling() + weight);
  }

  /** Of all arms together; rounding may leave less than nothing. */
  private static double variance(List<RewardSums> arms, double weight) {
    double mean = arms.stream().mapToDouble(RewardSums::sum).sum() / weight;
    double square = arms.stream().mapToDouble(RewardSums::squares).sum() / weight;
    return Math.max(0, square - mean * mean);
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
