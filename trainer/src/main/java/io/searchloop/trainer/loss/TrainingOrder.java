package io.searchloop.trainer.loss;

import java.util.List;

/**
 * Answers to one prompt in levels, best first; answers of one level are not compared. The arrays
 * are the record's own: nobody changes them. Example: levels (0, 1, 1) prefer the first answer to
 * both others and say nothing about those two.
 *
 * @param prompt prompt token ids
 * @param answers answer token ids of each member, end token included
 * @param levels level of each member: from 0, never falling, at least two different ones
 */
public record TrainingOrder(int[] prompt, List<int[]> answers, int[] levels) {
  public TrainingOrder {
    answers = List.copyOf(answers);
    if (answers.size() != levels.length) {
      throw new IllegalArgumentException(
          "order has %d answers and %d levels, expected one level for each"
              .formatted(answers.size(), levels.length));
    }
    boolean falling = levels.length > 0 && levels[0] != 0;
    for (int i = 1; i < levels.length; i++) {
      falling |= levels[i] < levels[i - 1];
    }
    if (falling || levels.length == 0 || levels[levels.length - 1] == 0) {
      throw new IllegalArgumentException(
          "order of %d answers: expected levels from 0, never falling, at least two of them"
              .formatted(levels.length));
    }
  }

  /** A pair as the smallest order: its first level holds one answer and its second the other. */
  public static TrainingOrder of(TrainingPair pair) {
    return new TrainingOrder(
        pair.prompt(), List.of(pair.preferred(), pair.rejected()), new int[] {0, 1});
  }

  /** Tokens of all answers, each with the prompt. */
  int tokens() {
    int tokens = answers.size() * prompt.length;
    for (int[] answer : answers) {
      tokens += answer.length;
    }
    return tokens;
  }

  /** Number of answers on the best level. */
  int best() {
    int count = 0;
    for (int level : levels) {
      count += level == 0 ? 1 : 0;
    }
    return count;
  }
}
