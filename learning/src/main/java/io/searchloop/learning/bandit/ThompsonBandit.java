package io.searchloop.learning.bandit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Gives every search an arm: mostly the one that is probably best for its kind, each other as often
 * as it may yet be best, and none less often than a floor. What was chosen and how probable it was
 * is logged, so that a policy that never ran can be valued from the log ({@code
 * learning.counterfactual}).
 *
 * <pre>
 *   P(arm) = floor + (1 - available * floor) * P(arm is best | rewards so far)
 * </pre>
 *
 * <p>Thompson sampling (Thompson, Biometrika 1933; Chapelle and Li, NIPS 2011) with normal beliefs,
 * partially pooled over kinds of search, and with the probabilities themselves computed. Rewards
 * come late and are corrected: the first outcome of a search counts it, later ones change its
 * reward, the same one twice changes nothing, and their order does not matter.
 *
 * <p>With two arms, floor .02 and a probability of .9 that the first is best, it is chosen with .02
 * + .96 * .9 = .884. Owned by one thread.
 */
public final class ThompsonBandit {
  private static final double NANOS = 1e9;

  private final BanditConfig config;
  private final ContextSums sums;
  private final OpenDecisions open;
  private long repeated;
  private long unknown;

  public ThompsonBandit(BanditConfig config) {
    this.config = config;
    this.sums = new ContextSums(config);
    this.open = new OpenDecisions(config.memory().getSeconds());
  }

  /**
   * Draws an arm for a search and remembers it.
   *
   * @param decision id of the search, never used before
   * @param available indices of the arms that differ for this query, at least one; of arms that
   *     make the same page give the first only
   */
  public ArmChoice choose(
      String decision,
      Context context,
      List<Integer> available,
      Instant now,
      RandomGenerator random) {
    List<Double> propensities = propensities(context, available, now);
    ArmChoice choice = new ArmChoice(decision, context, draw(propensities, random), propensities);
    open.add(choice, second(now));
    return choice;
  }

  /** How probable each arm is for a search of this kind, 0 for those not available. */
  public List<Double> propensities(Context context, List<Integer> available, Instant now) {
    if (available.isEmpty()) {
      throw new IllegalArgumentException("No arm is available, expected one at least.");
    }
    double[] best = best(context, available, now);
    List<Double> propensities =
        new ArrayList<>(IntStream.range(0, config.arms().size()).mapToObj(arm -> 0.0).toList());
    double left = 1 - available.size() * config.floor();
    for (int i = 0; i < best.length; i++) {
      propensities.set(available.get(i), config.floor() + left * best[i]);
    }
    return propensities;
  }

  private double[] best(Context context, List<Integer> available, Instant now) {
    List<Belief> beliefs = sums.beliefs(context, second(now));
    if (beliefs.isEmpty()) {
      return available.stream().mapToDouble(arm -> 1.0 / available.size()).toArray();
    }
    return BestArm.probabilities(available.stream().map(beliefs::get).toList());
  }

  /**
   * Takes in what a search earned, or a correction of it.
   *
   * @param sequence of the outcome within its search, as reward tuples number them: 0 for the base
   *     tuple, then corrections
   * @param reward what it earned, or how that changed
   * @return whether it was news; false is counted as repeated or as unknown
   */
  public boolean observe(String decision, int sequence, double reward) {
    Optional<OpenDecisions.Open> found = open.find(decision);
    if (found.isEmpty()) {
      unknown++;
      return false;
    }
    OpenDecisions.Open search = found.get();
    Optional<ContextSums.Change> change = search.take(sequence, reward);
    if (change.isEmpty()) {
      repeated++;
      return false;
    }
    ArmChoice choice = search.choice();
    sums.add(choice.context(), choice.arm(), search.second(), change.get());
    return true;
  }

  /** What was left out and what is held. */
  public Counts counts() {
    return new Counts(repeated, unknown, sums.forgotten(), open.size());
  }

  /**
   * What a bandit left out and holds.
   *
   * @param repeated outcomes that came twice
   * @param unknown outcomes of searches it did not choose for, or that came after its memory
   * @param forgottenContexts kinds of search forgotten because there were too many
   * @param openDecisions searches whose outcomes are waited for
   */
  public record Counts(long repeated, long unknown, long forgottenContexts, int openDecisions) {}

  private static int draw(List<Double> propensities, RandomGenerator random) {
    double left = random.nextDouble();
    int drawn = -1;
    for (int arm = 0; arm < propensities.size(); arm++) {
      if (propensities.get(arm) > 0) {
        drawn = arm;
        left -= propensities.get(arm);
        if (left < 0) {
          break;
        }
      }
    }
    return drawn;
  }

  private static double second(Instant time) {
    return time.getEpochSecond() + time.getNano() / NANOS;
  }
}
