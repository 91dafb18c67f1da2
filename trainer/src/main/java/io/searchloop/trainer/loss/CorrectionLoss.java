package io.searchloop.trainer.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Applies what a late outcome changed: {@code -w rho dA}, weighted and unclipped.
 *
 * <p>Clipping is not additive in the advantage, so a clipped correction would not add up with the
 * minibatch it corrects; the weight cap alone bounds it. Worked number: w = 2, rho = 1.5, dA = .75
 * gives -2.25 on a single token.
 *
 * @param normalisation the one of the policy loss it corrects
 * @param constantLength tokens that DR_GRPO divides by
 * @param weightCap C of {@code w = min(exp(l_prox - l_b), C)}
 */
public record CorrectionLoss(Normalisation normalisation, double constantLength, double weightCap) {

  /** The correction to {@code loss}, with its normalisation and weight. */
  public static CorrectionLoss to(ClippedPolicyLoss loss) {
    return new CorrectionLoss(loss.normalisation(), loss.constantLength(), loss.weightCap());
  }

  /** The loss of one correction minibatch, whose advantages are changes dA. */
  public LossOutputs compute(LossInputs inputs) {
    TokenReduction reduction = new TokenReduction(normalisation, constantLength);
    Tensor weights = new OffPolicyWeight(weightCap).of(inputs);
    Tensor scale = inputs.advantages().mul(weights).unsqueeze(1); // (B, 1)
    Tensor ratios = reduction.ratios(inputs);
    Tensor loss = reduction.reduce(ratios.mul(scale).neg(), inputs);

    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", Figures.scalar(loss));
    figures.put("ratio_mean", Figures.maskedMean(ratios, inputs.mask()));
    figures.put("weight_mean", Figures.mean(weights));
    figures.put("effective_sample_share", Figures.effectiveSampleShare(weights));
    return new LossOutputs(loss, figures);
  }
}
