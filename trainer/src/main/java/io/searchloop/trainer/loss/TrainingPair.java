package io.searchloop.trainer.loss;

/**
 * Two answers to one prompt, one preferred. The arrays are the record's own: nobody changes them.
 *
 * @param prompt prompt token ids
 * @param preferred answer token ids of the better one, end token included
 * @param rejected answer token ids of the other
 * @param flipProbability probability that the label is wrong, in [0, .5)
 */
public record TrainingPair(int[] prompt, int[] preferred, int[] rejected, double flipProbability) {

  /** Tokens of both answers, each with the prompt. */
  int tokens() {
    return 2 * prompt.length + preferred.length + rejected.length;
  }
}
