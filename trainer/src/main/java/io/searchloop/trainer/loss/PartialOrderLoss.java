package io.searchloop.trainer.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Learns from whole rankings where pairs would take them apart: PRO (arXiv 2306.17492) over partial
 * orders, as BEQUE uses it (arXiv 2311.03758). Every answer must beat, in one softmax, all answers
 * of the levels below it; answers of its own level are not compared with it.
 *
 * <pre>
 *   loss of an order = sum over k of -log( e^(s_k / tau) / (e^(s_k / tau) + sum over i worse than k of e^(s_i / tau)) )
 *                      + supervisedWeight * mean over its best answers of -s_k
 *   s = mean log-probability of an answer's tokens
 * </pre>
 *
 * <p>There is no reference: the supervised term on the best answers is the leash. Worked number: s
 * = (-1, -1.5, -2) on three levels, tau 1, no supervised term: .680270 + .474077 = 1.154347; with
 * the last two on one level .680270. Two levels of one answer each are the Bradley-Terry loss of a
 * pair.
 *
 * @param temperature tau, above zero
 * @param supervisedWeight weight of the supervised term, zero or more
 */
public record PartialOrderLoss(double temperature, double supervisedWeight) {

  public PartialOrderLoss {
    if (!(temperature > 0) || !(supervisedWeight >= 0)) {
      throw new IllegalArgumentException(
          ("PRO: found temperature %s and supervised weight %s, expected above 0 and 0 or more")
              .formatted(temperature, supervisedWeight));
    }
  }

  /** Mean loss and figures of a minibatch of orders. */
  public LossOutputs compute(PartialOrderInputs inputs) {
    Tensor ranking = ranking(inputs);
    Tensor supervised = inputs.scores().mul(inputs.best()).sum().neg();
    Scalar orders = new Scalar((double) inputs.orders());
    Tensor loss = ranking.add(supervised.mul(new Scalar(supervisedWeight))).div(orders);

    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", Figures.scalar(loss));
    figures.put("ranking_loss", Figures.scalar(ranking) / inputs.orders());
    figures.put("supervised_loss", Figures.scalar(supervised) / inputs.orders());
    figures.put("ordered_share", orderedShare(inputs));
    return new LossOutputs(loss, figures);
  }

  /** Sum over answers; one without a worse answer is alone in its softmax and adds zero. */
  private Tensor ranking(PartialOrderInputs inputs) {
    Tensor scaled = inputs.scores().div(new Scalar(temperature));
    Tensor others = scaled.unsqueeze(0).expand(inputs.worse().shape()); // (M, M), column i is s_i
    Tensor rivals =
        others.masked_fill(inputs.rivals().logical_not(), new Scalar(Double.NEGATIVE_INFINITY));
    return torch.logsumexp(rivals, 1L).sub(scaled).sum();
  }

  /** Share of the comparisons in which the better answer has the higher score. */
  private static double orderedShare(PartialOrderInputs inputs) {
    Tensor s = inputs.scores().detach();
    Tensor above = s.unsqueeze(1).gt(s.unsqueeze(0)); // (M, M), true where k is above i
    Tensor compared = inputs.worse();
    return Figures.maskedMean(above.mul(compared), compared);
  }
}
