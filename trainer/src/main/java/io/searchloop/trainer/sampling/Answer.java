package io.searchloop.trainer.sampling;

/**
 * What the policy answered. The arrays are the record's own: nobody changes them.
 *
 * @param tokens answer token ids, end token included
 * @param logProbs log-probability of each token under the sampler that drew it
 */
public record Answer(int[] tokens, float[] logProbs) {}
