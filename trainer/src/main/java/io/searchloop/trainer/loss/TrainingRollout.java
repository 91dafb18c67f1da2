package io.searchloop.trainer.loss;

/**
 * A rollout as the optimiser sees it. The arrays are the record's own: nobody changes them.
 *
 * @param prompt prompt token ids
 * @param answer answer token ids, end token included
 * @param behaviourLogProbs log-probability of each answer token when it was sampled
 * @param advantage reward relative to its group; in a correction its change
 * @param step trainer step of the policy that sampled it
 */
public record TrainingRollout(
    int[] prompt, int[] answer, float[] behaviourLogProbs, double advantage, long step) {
  public TrainingRollout {
    if (answer.length == 0 || behaviourLogProbs.length != answer.length) {
      throw new IllegalArgumentException(
          "Rollout has "
              + answer.length
              + " answer tokens and "
              + behaviourLogProbs.length
              + " log-probabilities, expected the same number, at least one.");
    }
  }

  /** Tokens of prompt and answer. */
  int tokens() {
    return prompt.length + answer.length;
  }

  /** Log-probability of the whole answer under the sampler that ran. */
  double behaviourLogProb() {
    double sum = 0;
    for (float logProb : behaviourLogProbs) {
      sum += logProb;
    }
    return sum;
  }
}
