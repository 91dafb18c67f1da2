package io.searchloop.trainer.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Makes rewrites that did better than their group more likely, never by more than a clipped step
 * (GRPO, arXiv 2402.03300; clip-higher, arXiv 2503.14476; dual clip, arXiv 1912.09729).
 *
 * <pre>
 *   token loss = w * -min(rho A, clip(rho, 1 - clipLow, 1 + clipHigh) A) + klWeight * k3
 *   rho = exp(l_theta - l_prox);  for A &lt; 0 the first term is at most -dualClip A
 * </pre>
 *
 * <p>The off-policy weight w multiplies the policy term only: the KL term is a leash, not an
 * estimate about the behaviour policy's distribution.
 *
 * <p>Worked numbers at clip .2: (rho, A) = (1.5, 1) gives -1.2; (1.5, -1) 1.5; (.5, 1) -.5; (.5,
 * -1) .8; (10, -1) 10, and 3 under a dual clip of 3.
 *
 * @param clipLow epsilon below one, in (0, 1)
 * @param clipHigh epsilon above one, positive
 * @param dualClip bound on the ratio where A &lt; 0, above one; infinity switches it off
 * @param normalisation how token losses become one number
 * @param constantLength tokens that DR_GRPO divides by, usually the format's length cap
 * @param weightCap C of {@code w = min(exp(l_prox - l_b), C)}
 * @param klWeight beta of the reference KL, zero or more
 */
public record ClippedPolicyLoss(
    double clipLow,
    double clipHigh,
    double dualClip,
    Normalisation normalisation,
    double constantLength,
    double weightCap,
    double klWeight) {

  public ClippedPolicyLoss {
    require(clipLow > 0 && clipLow < 1, "clip-low", clipLow, "in (0, 1)");
    require(clipHigh > 0, "clip-high", clipHigh, "above 0");
    require(dualClip > 1, "dual-clip", dualClip, "above 1 (infinity for none)");
    require(constantLength > 0, "constant-length", constantLength, "above 0");
    require(weightCap > 0, "weight-cap", weightCap, "above 0");
    require(klWeight >= 0, "kl-weight", klWeight, "0 or more");
  }

  /** The loss and figures of one minibatch. */
  public LossOutputs compute(LossInputs inputs) {
    TokenReduction reduction = new TokenReduction(normalisation, constantLength);
    OffPolicyWeight offPolicy = new OffPolicyWeight(weightCap);
    Tensor weights = offPolicy.of(inputs);
    Tensor ratios = reduction.ratios(inputs);
    Tensor advantages = inputs.advantages().unsqueeze(1); // (B, 1), spread over the tokens
    Tensor policyTerm = clipped(ratios, advantages).mul(weights.unsqueeze(1));
    Tensor kl = ReferenceKl.perToken(inputs);
    Tensor policyLoss = reduction.reduce(policyTerm, inputs);
    Tensor loss = policyLoss.add(reduction.reduce(kl, inputs).mul(new Scalar(klWeight)));

    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", Figures.scalar(loss));
    figures.put("policy_loss", Figures.scalar(policyLoss));
    figures.put("reference_kl", Figures.maskedMean(kl, inputs.mask()));
    figures.put("ratio_mean", Figures.maskedMean(ratios, inputs.mask()));
    figures.put("clipped_share", Figures.maskedMean(binds(ratios, advantages), inputs.mask()));
    figures.put("weight_mean", Figures.mean(weights));
    figures.put("weight_capped_share", offPolicy.cappedShare(inputs));
    figures.put("effective_sample_share", Figures.effectiveSampleShare(weights));
    return new LossOutputs(loss, figures);
  }

  /** {@code -min(rho A, clip(rho) A)} under the dual clip, {@code (B, R)}. */
  private Tensor clipped(Tensor ratios, Tensor advantages) {
    Tensor plain = torch.minimum(ratios.mul(advantages), clip(ratios).mul(advantages)).neg();
    if (Double.isInfinite(dualClip)) {
      return plain;
    }
    Tensor bounded = torch.minimum(plain, advantages.mul(new Scalar(-dualClip)));
    return torch.where(advantages.lt(new Scalar(0.0)), bounded, plain);
  }

  private Tensor clip(Tensor ratios) {
    return ratios.clamp_min(new Scalar(1 - clipLow)).clamp_max(new Scalar(1 + clipHigh));
  }

  /** Where the clip takes the gradient away: the ratio already moved the way A asks for. */
  private Tensor binds(Tensor ratios, Tensor advantages) {
    Tensor up = ratios.gt(new Scalar(1 + clipHigh)).mul(advantages.gt(new Scalar(0.0)));
    Tensor down = ratios.lt(new Scalar(1 - clipLow)).mul(advantages.lt(new Scalar(0.0)));
    return up.logical_or(down);
  }

  private static void require(boolean holds, String name, double found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "policy loss %s: found %s, expected %s".formatted(name, found, expected));
    }
  }
}
