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
    return scatter(network.responseLogits(batch), batch);
  }

  /** Scores without gradients: for the behaviour, proximal and reference policies. */
  public ResponseScores scoreFrozen(PolicyNetwork network, SequenceBatch batch) {
    return Tensors.withoutGradient(() -> score(network, batch));
  }

  /** Scores without gradients in float32: for what is compared with a graph. */
  ResponseScores scoreExactly(PolicyNetwork network, SequenceBatch batch) {
    mask.requireAllowed(batch.responses());
    return Tensors.withoutGradient(() -> scatter(network.exactResponseLogits(batch), batch));
  }

  /**
   * What a network would say at each response token: log-probabilities {@code (N, vocab)} with
   * gradients, negative infinity where the format forbids a token. For losses between whole
   * distributions; the widest tensor there is.
   */
  public Tensor distributions(PolicyNetwork network, SequenceBatch batch) {
    mask.requireAllowed(batch.responses());
    return logSoftmax(network.responseLogits(batch), mask.forbiddenAt(batch));
  }

  /** {@link #distributions} without gradients. */
  public Tensor frozenDistributions(PolicyNetwork network, SequenceBatch batch) {
    return Tensors.withoutGradient(() -> distributions(network, batch));
  }

  /** From logits {@code (N, vocab)} of the predicting rows to scores {@code (B, R)}. */
  ResponseScores scatter(Tensor logits, SequenceBatch batch) {
    Tensor forbidden = mask.forbiddenAt(batch);
    Tensor logSoftmax = Tensors.freeingTheRest(() -> logSoftmax(logits, forbidden));
    Tensor taken = logSoftmax.gather(1, batch.targets().unsqueeze(1)).squeeze(1);
    Tensor entropy = Tensors.freeingTheRest(() -> entropy(logSoftmax, forbidden));
    Tensor zeros = torch.zeros(batch.mask().shape()).to(taken.scalar_type());
    return new ResponseScores(
        zeros.masked_scatter(batch.mask(), taken), zeros.masked_scatter(batch.mask(), entropy));
  }

  private Tensor logSoftmax(Tensor logits, Tensor forbidden) {
    Tensor scaled = temperature == 1 ? logits : logits.div(new Scalar(temperature));
    return torch.log_softmax(
        scaled.masked_fill(forbidden, new Scalar(Double.NEGATIVE_INFINITY)), 1);
  }

  /** A forbidden token has p log p = 0; computed, it would be 0 * -infinity. */
  private static Tensor entropy(Tensor logSoftmax, Tensor forbidden) {
    return Tensors.withoutGradient(
        () -> {
          Tensor finite = logSoftmax.masked_fill(forbidden, new Scalar(0.0));
          return logSoftmax.exp().mul_(finite).sum(1L).neg();
        });
  }
}
