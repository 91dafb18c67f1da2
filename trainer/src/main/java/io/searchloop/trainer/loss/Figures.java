package io.searchloop.trainer.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Tensors to the plain numbers that metrics show. */
final class Figures {
  private Figures() {}

  static double scalar(Tensor value) {
    return value.item_double();
  }

  /** Mean of all elements; of a bool tensor, the share that is true. */
  static double mean(Tensor values) {
    return values.detach().to(torch.ScalarType.Double).mean().item_double();
  }

  /** Mean over the tokens that exist. */
  static double maskedMean(Tensor values, Tensor mask) {
    Tensor tokens = mask.to(torch.ScalarType.Double);
    Tensor sum = values.detach().to(torch.ScalarType.Double).mul(tokens).sum();
    return sum.item_double() / tokens.sum().clamp_min(new Scalar(1)).item_double();
  }

  /** Effective share of a weighted batch: {@code (sum w)^2 / (B sum w^2)}, one when all equal. */
  static double effectiveSampleShare(Tensor weights) {
    Tensor w = weights.to(torch.ScalarType.Double);
    double sum = w.sum().item_double();
    return sum * sum / (w.numel() * w.square().sum().item_double());
  }
}
