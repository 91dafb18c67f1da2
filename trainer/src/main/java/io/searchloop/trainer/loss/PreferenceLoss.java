package io.searchloop.trainer.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Learns from comparisons instead of numbers: which of two rewrites shoppers preferred.
 *
 * <p>With {@code h = (l_w - l_w^ref) - (l_l - l_l^ref)}. Worked numbers for h = 1.5: DPO(.1)
 * .620957, IPO(.05) 72.25, robust DPO(.1) at flip probability .1 .602207; from l_w = -4 and l_l =
 * -6 alone, reference-free DPO(.1) .598139.
 */
public sealed interface PreferenceLoss {

  /** The strength of the leash to the reference, above zero. */
  double beta();

  /** Loss per pair {@code (P)} from margins and flip probabilities {@code (P)}. */
  Tensor perPair(Tensor margins, Tensor flipProbability);

  /** What the loss looks at {@code (P)}: h, unless a loss knows no reference. */
  default Tensor margins(PreferenceInputs inputs) {
    return inputs.margins();
  }

  /** Mean loss and figures of a minibatch of pairs. */
  default LossOutputs compute(PreferenceInputs inputs) {
    Tensor margins = margins(inputs);
    Tensor loss = perPair(margins, inputs.flipProbability()).mean();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", Figures.scalar(loss));
    figures.put("margin_mean", Figures.mean(margins));
    figures.put("ordered_share", Figures.mean(margins.gt(new Scalar(0.0))));
    return new LossOutputs(loss, figures);
  }

  /** {@code -log sigmoid(beta h)} (arXiv 2305.18290). */
  record Dpo(double beta) implements PreferenceLoss {
    public Dpo {
      requirePositive(beta);
    }

    @Override
    public Tensor perPair(Tensor margins, Tensor flipProbability) {
      return torch.log_sigmoid(margins.mul(new Scalar(beta))).neg();
    }
  }

  /**
   * DPO against a uniform reference, {@code -log sigmoid(beta (l_w - l_l))}: without a leash, for
   * comparison (the preference term of CPO, arXiv 2401.08417).
   */
  record ReferenceFreeDpo(double beta) implements PreferenceLoss {
    public ReferenceFreeDpo {
      requirePositive(beta);
    }

    @Override
    public Tensor margins(PreferenceInputs inputs) {
      return inputs.preferred().sub(inputs.other());
    }

    @Override
    public Tensor perPair(Tensor margins, Tensor flipProbability) {
      return new Dpo(beta).perPair(margins, flipProbability);
    }
  }

  /** {@code (h - 1 / (2 beta))^2}: does not run away when preferences never err (2310.12036). */
  record Ipo(double beta) implements PreferenceLoss {
    public Ipo {
      requirePositive(beta);
    }

    @Override
    public Tensor perPair(Tensor margins, Tensor flipProbability) {
      return margins.sub(new Scalar(1 / (2 * beta))).square();
    }
  }

  /**
   * {@code ((1 - e) L(w, l) - e L(l, w)) / (1 - 2e)}, unbiased when a share e of the labels is
   * flipped (arXiv 2403.00409).
   */
  record RobustDpo(double beta) implements PreferenceLoss {
    public RobustDpo {
      requirePositive(beta);
    }

    @Override
    public Tensor perPair(Tensor margins, Tensor flipProbability) {
      Dpo dpo = new Dpo(beta);
      Tensor keep = flipProbability.neg().add(new Scalar(1.0)); // 1 - e
      Tensor asLabelled = dpo.perPair(margins, flipProbability).mul(keep);
      Tensor flipped = dpo.perPair(margins.neg(), flipProbability).mul(flipProbability);
      return asLabelled.sub(flipped).div(keep.sub(flipProbability));
    }
  }

  private static void requirePositive(double beta) {
    if (!(beta > 0)) {
      throw new IllegalArgumentException(
          "preference loss beta: found " + beta + ", expected above 0");
    }
  }
}
