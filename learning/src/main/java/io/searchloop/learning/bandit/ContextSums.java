package io.searchloop.learning.bandit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each arm earned in each kind of search, and what that says of their means: partial pooling
 * (Gelman and Hill, 2007, chapter 12) from wide to narrow.
 *
 * <pre>
 *   M, s^2            mean and variance of the rewards of a kind, all arms together;
 *                     s^2 is pooled with that of the wider kind
 *   the widest kind:  prior N(M, s^2 / pooling) for every arm
 *   a narrower kind:  prior N(M + (mean of the arm - M) in the wider kind, its variance there + s^2 / pooling)
 * </pre>
 *
 * <p>Arms are pooled as differences to their kind's mean, because kinds differ more than arms do:
 * else an arm seldom tried in a poor kind would look as good as all searches are. For the same
 * reason all searches together lend their mean and variance only, which is why no scale of rewards
 * has to be configured. One thread.
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

  /** Adds an outcome of a search to every kind it is of, and to all searches. */
  void add(Context context, int arm, double second, Change change) {
    add(of(Context.NONE).get(arm), second, change);
    if (!context.path().isEmpty()) {
      context.levels().forEach(level -> add(of(level).get(arm), second, change));
    }
  }

  private static void add(RewardSums sums, double second, Change change) {
    sums.add(second, change.count(), change.reward(), change.square());
  }

  /** What is believed of every arm in a kind of search; empty while nothing can be told. */
  List<Belief> beliefs(Context context, double second) {
    List<RewardSums> all = at(Context.NONE, second);
    double noise = weight(all) < LEAST_SEARCHES ? 0 : variance(all);
    if (!(noise > 0)) {
      return List.of();
    }
    double mean = mean(all, 0);
    List<Belief> beliefs =
        new ArrayList<>(Collections.nCopies(config.arms().size(), new Belief(mean, 0)));
    for (Context level : context.levels()) {
      List<RewardSums> own = at(level, second);
      noise = noise(own, noise);
      double shift = mean(own, mean) - mean;
      mean += shift;
      for (int arm = 0; arm < beliefs.size(); arm++) {
        Belief prior = beliefs.get(arm).moved(shift, noise / config.pooling());
        beliefs.set(arm, prior.after(own.get(arm), noise));
      }
    }
    return beliefs;
  }

  /** The variance of single rewards, pooled as means are. */
  private double noise(List<RewardSums> own, double wider) {
    double weight = weight(own);
    return weight == 0
        ? wider
        : (config.pooling() * wider + weight * variance(own)) / (config.pooling() + weight);
  }

  /** Of all arms together; rounding may leave less than nothing. */
  private static double variance(List<RewardSums> arms) {
    double mean = mean(arms, 0);
    double square = arms.stream().mapToDouble(RewardSums::squares).sum() / weight(arms);
    return Math.max(0, square - mean * mean);
  }

  private static double mean(List<RewardSums> arms, double otherwise) {
    double weight = weight(arms);
    return weight == 0 ? otherwise : arms.stream().mapToDouble(RewardSums::sum).sum() / weight;
  }

  private static double weight(List<RewardSums> arms) {
    return arms.stream().mapToDouble(RewardSums::weight).sum();
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
