package io.searchloop.trainer.warmstart;

/**
 * Linear warm-up, then half a cosine to zero (Loshchilov and Hutter, arXiv 1608.03983).
 *
 * @param peak learning rate after warm-up
 * @param warmup share of the run that warms up, in [0, 1)
 */
record LearningRateSchedule(double peak, double warmup) {

  /** Learning rate at a share of the run; 0 at both ends, the peak after warm-up. */
  double at(double share) {
    if (share < warmup) {
      return peak * share / warmup;
    }
    double cosine = Math.cos(Math.PI * Math.min(1, (share - warmup) / (1 - warmup)));
    return peak * (1 + cosine) / 2;
  }
}
