package io.searchloop.search.merging;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * How much examination a merge gives each product on average, whichever page this visitor happened
 * to see. Dividing clicks by it turns the merge from a confounder into an experiment.
 *
 * <pre>
 *   e_d = E_merge[ theta(position of d) * shown(d) ]
 * </pre>
 *
 * <p>Lists are truncated so that every product is shown by every merge; e_d is then the mean of
 * theta over its positions. It is computed exactly by going through the states of the merge (which
 * products are placed, which teams have picked in this round) position by position, because many
 * orders lead to the same state: four teams of four products of their own have 24^4 orders and 60
 * states. When lists overlap so variously that states exceed a limit, merges are sampled instead,
 * with a stated standard error. The inverse of a sampled exposure is too large by about the square
 * of its relative error: .01 % at 1 %.
 *
 * <p>Cost: states times teams when exact, merges times products when sampled (which allocates
 * nothing per merge), once for a {@link TeamDraft}. A page of 20 from five lists of random products
 * never had more than 313 states in 2,000 tries: cheaper than 20 sampled merges. The same lists
 * give the same exposure. Immutable, any thread.
 */
public final class ExposureModel {
  /** Merges to sample when nothing else is asked: about 1 % error for a page of 20. */
  public static final int MERGES = 1000;

  private static final int MOST_STATES = 20_000;
  private static final long SEED = 0x5EED;

  private final ExaminationCurve examination;
  private final int merges;
  private final int mostStates;

  /** Exposure under a curve, with the usual limits. */
  public ExposureModel(ExaminationCurve examination) {
    this(examination, MERGES, MOST_STATES);
  }

  /**
   * Exposure under a curve.
   *
   * @param merges merges to sample when there are too many states, at least two
   * @param mostStates states up to which exposure is computed exactly; 0 always samples
   */
  public ExposureModel(ExaminationCurve examination, int merges, int mostStates) {
    if (merges < 2) {
      throw new IllegalArgumentException(
          "Exposure from %d merges, expected at least 2 for a standard error; 200 to 1,000 are usual."
              .formatted(merges));
    }
    this.examination = examination;
    this.merges = merges;
    this.mostStates = mostStates;
  }

  /** The curve. */
  public ExaminationCurve examination() {
    return examination;
  }

  Exposure of(TeamLists lists) {
    return exact(lists).orElseGet(() -> sampled(lists, new SplittableRandom(SEED)));
  }

  /** Empty when there are too many states. */
  Optional<Exposure> exact(TeamLists lists) {
    int products = lists.products().size();
    double[] expected = new double[products];
    StateTable states = new StateTable();
    states.add(0, 1);
    int visited = 0;
    for (int position = 1; position <= products; position++) {
      visited += states.size();
      if (visited > mostStates) {
        return Optional.empty();
      }
      states = pick(lists, states, examination.at(position), expected);
    }
    return Optional.of(Exposure.exact(expected));
  }

  /** Fills one position: from every state, every waiting team is equally likely to pick. */
  private static StateTable pick(
      TeamLists lists, StateTable states, double theta, double[] expected) {
    StateTable after = new StateTable();
    int products = expected.length;
    for (int slot = 0; slot < states.slots(); slot++) {
      if (states.isEmpty(slot)) {
        continue;
      }
      long placed = states.state(slot) & (1L << products) - 1;
      int picked = (int) (states.state(slot) >>> products);
      int waiting = lists.waiting(picked, placed);
      if (waiting == 0) {
        picked = 0;
        waiting = lists.waiting(picked, placed);
      }
      double probability = states.probability(slot) / Integer.bitCount(waiting);
      for (int rest = waiting; rest != 0; rest &= rest - 1) {
        int team = Integer.numberOfTrailingZeros(rest);
        int product = lists.next(team, placed);
        expected[product] += probability * theta;
        long pickedThen = picked | 1L << team;
        after.add(placed | 1L << product | pickedThen << products, probability);
      }
    }
    return after;
  }

  Exposure sampled(TeamLists lists, RandomGenerator random) {
    int products = lists.products().size();
    Draw draw = new Draw(lists);
    double[] sums = new double[products];
    double[] squares = new double[products];
    for (int merge = 0; merge < merges; merge++) {
      draw.merge(random);
      for (int place = 0; place < products; place++) {
        double theta = examination.at(place + 1);
        sums[draw.products[place]] += theta;
        squares[draw.products[place]] += theta * theta;
      }
    }
    for (int product = 0; product < products; product++) {
      double mean = sums[product] / merges;
      double variance = Math.max(0, squares[product] / merges - mean * mean);
      sums[product] = mean;
      squares[product] = Math.sqrt(variance / (merges - 1));
    }
    return new Exposure(sums, squares);
  }
}
