package io.searchloop.app.bench.training;

import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.Packing;

/** What a step learns from. */
public enum TrainedLoss {
  /** Cross entropy of answers. */
  SFT(false),
  /** Clipped policy loss of groups, with a leash to a frozen reference. */
  GRPO(true),
  /** Preference loss of pairs, against a frozen reference. */
  DPO(true);

  private final boolean reference;

  TrainedLoss(boolean reference) {
    this.reference = reference;
  }

  /**
   * Least arithmetic of a step: 2 operations a parameter and token forwards, 4 backwards, and 2
   * again forwards through a reference. Matrices of layers count for all tokens, the head for those
   * that are predicted; looking up an embedding costs nothing. Attention, norms and the optimiser
   * are left out.
   */
  double floor(NetworkConfig network, long tokens, long predicted) {
    double head = (double) network.vocabularySize() * network.width();
    double touched = (double) network.layerMatrixParameters() * tokens + head * predicted;
    return (reference ? 8 : 6) * touched;
  }

  Packing packing(TrainerWorkload workload) {
    return switch (this) {
      case SFT -> workload.supervisedPacking();
      case GRPO -> workload.groupPacking();
      case DPO -> workload.pairPacking();
    };
  }
}
