package io.searchloop.trainer.network;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Scores responses exactly as the sampler drew them: softmax over the allowed tokens of {@code
 * logits / temperature}. Sampler, trainer and reference must agree on it, or every importance ratio
 * is wrong.
 *
 * <p>Example: logits (1, 2, 9), third token forbidden, temperature 1: log p(second) = -log(1 +
 * e^-1) = -.313262, entropy .582203 nats.
 *
 * <p>Borrows the mask. Thread owner: the trainer thread.
 */
public final class ResponseScorer {
  private final double temperature;
  private final TokenMask mask;

  /**
   * A scorer for one rewrite format.
   *
   * @param temperature of the sampler, above zero
   * @param mask of the rewrite format
   */
  public ResponseScorer(double temperature, TokenMask mask) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException(
          "sampler temperature: found " + temperature + ", expected above 0");
    }
    this.temperature = temperature;
    this.mask = mask;
  }

  /** Scores with gradients towards the network's weights. */
  public ResponseScores score(PolicyNetwork network, SequenceBatch batch) {
    mask.requireAllowed(batch.responses());
    Tensor hidden = network.hidden(batch.tokens());
    Tensor rows = // (N, width): the head runs where a response token is predicted, nowhere else
        hidden.view(-1, hidden.size(2)).index_select(0, batch.predictors());
    return scatter(network.logitsOf(rows), batch);
  }

  /** Scores without gradients: for the behaviour, proximal and reference policies. */
  public ResponseScores scoreFrozen(PolicyNetwork network, SequenceBatch batch) {
    return Tensors.withoutGradient(() -> score(network, batch));
  }

  /** From logits {@code (N, vocab)} of the predicting rows to scores {@code (B, R)}. */
  ResponseScores scatter(Tensor logits, SequenceBatch batch) {
    Tensor forbidden = mask.forbiddenAt(batch);
    Tensor scaled = logits.div(new Scalar(temperature));
    Tensor logSoftmax =
        torch.log_softmax(scaled.masked_fill(forbidden, new Scalar(Double.NEGATIVE_INFINITY)), 1);
    Tensor taken = logSoftmax.gather(1, batch.targets().unsqueeze(1)).squeeze(1);
    // A forbidden token has p log p = 0; computed, it would be 0 * -infinity.
    Tensor finite = logSoftmax.masked_fill(forbidden, new Scalar(0.0));
    Tensor entropy = logSoftmax.exp().mul(finite).sum(1L).neg();
    Tensor zeros = torch.zeros(batch.mask().shape()).to(taken.scalar_type());
    return new ResponseScores(
        zeros.masked_scatter(batch.mask(), taken), zeros.masked_scatter(batch.mask(), entropy));
  }
}
