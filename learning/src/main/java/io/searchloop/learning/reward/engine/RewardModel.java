package io.searchloop.learning.reward.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up whatever terms it is given, so that a new way to judge rewrites is a new {@link
 * EngineTerm} and nothing else.
 *
 * <pre>
 *   r_i = sum over terms m of weight_m * value_m,i     when rewrite i is valid
 *   r_i = invalid                                      otherwise
 * </pre>
 *
 * <p>With normalisation (MiniELM, arXiv 2501.18056) each normalisable term is first expressed in
 * standard deviations from the mean of the valid rewrites, 0 where they are all equal. Rewards then
 * lie around 0, so an invalid rewrite would look average: there it gets at most what identity and
 * the worst valid rewrite get.
 *
 * <p>Immutable; any thread.
 */
public final class RewardModel {
  private static final String INVALID = "invalid";

  private final List<WeightedTerm> terms;
  private final double invalid;
  private final boolean normalised;

  /**
   * @param terms the addends, in the order in which they are listed; names are distinct
   * @param invalid reward of a rewrite that breaks the format
   * @param normalised whether terms are normalised over their group before they are summed
   */
  public RewardModel(List<WeightedTerm> terms, double invalid, boolean normalised) {
    this.terms = List.copyOf(terms);
    this.invalid = invalid;
    this.normalised = normalised;
    long names = terms.stream().map(weighted -> weighted.term().name()).distinct().count();
    if (names < terms.size()) {
      throw new IllegalArgumentException(
          "Reward model has %d terms under %d names, expected a name for each. Name them apart."
              .formatted(terms.size(), names));
    }
  }

  /** Prices all members of a group. */
  public PricedGroup price(EngineGroup group) {
    int members = group.rewrites().size() + 1;
    List<Map<String, Long>> sums = new ArrayList<>(members);
    for (int i = 0; i < members; i++) {
      sums.add(new LinkedHashMap<>());
    }
    for (WeightedTerm weighted : terms) {
      double[] values = values(weighted.term(), group);
      for (int i = 0; i < members; i++) {
        sums.get(i).put(weighted.term().name(), Addends.micros(weighted.weight() * values[i]));
      }
    }
    return gated(group, sums.stream().map(Addends::new).toList());
  }

  private double[] values(EngineTerm term, EngineGroup group) {
    double[] values = term.values(group);
    if (normalised && term.normalisable()) {
      GroupScale.ofValid(group, values).apply(values);
    }
    return values;
  }

  /** The validity gate. */
  private PricedGroup gated(EngineGroup group, List<Addends> sums) {
    Addends identity = sums.get(sums.size() - 1);
    Addends refused = new Addends(Map.of(INVALID, invalidMicros(group, sums)));
    List<Addends> rewrites = new ArrayList<>(group.rewrites().size());
    for (int i = 0; i < group.rewrites().size(); i++) {
      rewrites.add(group.rewrites().get(i).valid() ? sums.get(i) : refused);
    }
    return new PricedGroup(rewrites, identity);
  }

  private long invalidMicros(EngineGroup group, List<Addends> sums) {
    long micros = Addends.micros(invalid);
    if (!normalised) {
      return micros;
    }
    micros = Math.min(micros, sums.get(sums.size() - 1).totalMicros());
    for (int i = 0; i < group.rewrites().size(); i++) {
      if (group.rewrites().get(i).valid()) {
        micros = Math.min(micros, sums.get(i).totalMicros());
      }
    }
    return micros;
  }
}
