package io.searchloop.learning.counterfactual;

/**
 * How a log is turned into the value of another policy. With w = pi(a|x) / mu(a|x), all over n
 * searches:
 *
 * <pre>
 *   IPS    = 1/n sum w r                                       Horvitz and Thompson, JASA 1952
 *   SNIPS  = sum w r / sum w                                   Swaminathan and Joachims, NIPS 2015
 *   DR     = 1/n sum [ sum_a pi(a|x) q(x,a) + w (r - q(x,a)) ]   Dudik, Langford and Li, ICML 2011
 * </pre>
 *
 * <p>IPS is unbiased and the noisiest. SNIPS forgives weights that do not average one, at a bias
 * that vanishes with n. DR predicts with q and weighs only what q missed: unbiased for any q that
 * does not depend on the search's own reward, the less noisy the better q is.
 *
 * <p>Example: three searches with (w, r) = (2, 1), (0, 1), (2, 2): IPS (2 + 0 + 4) / 3 = 2, SNIPS 6
 * / 4 = 1.5, DR with q = 1 everywhere (1 + 1 + 3) / 3 = 1.667.
 */
public enum Estimator {
  /** Inverse propensity scoring. */
  IPS {
    @Override
    Term term(LoggedChoice choice, double weight, OutcomeModel outcomes) {
      return new Term(weight * choice.reward(), 1);
    }
  },
  /** Self-normalised IPS. */
  SNIPS {
    @Override
    Term term(LoggedChoice choice, double weight, OutcomeModel outcomes) {
      return new Term(weight * choice.reward(), weight);
    }
  },
  /** Doubly robust. */
  DR {
    @Override
    Term term(LoggedChoice choice, double weight, OutcomeModel outcomes) {
      double predicted = 0;
      for (int arm = 0; arm < choice.target().size(); arm++) {
        if (choice.target().get(arm) > 0) {
          predicted += choice.target().get(arm) * outcomes.reward(choice.context(), arm);
        }
      }
      double missed = choice.reward() - outcomes.reward(choice.context(), choice.arm());
      return new Term(predicted + weight * missed, 1);
    }
  };

  abstract Term term(LoggedChoice choice, double weight, OutcomeModel outcomes);

  /** A search's share of a ratio of sums; every estimator is one. */
  record Term(double numerator, double denominator) {}

  /** q(x, a). */
  interface OutcomeModel {
    double reward(String context, int arm);
  }
}
