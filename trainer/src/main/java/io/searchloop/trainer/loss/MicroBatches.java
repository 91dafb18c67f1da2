package io.searchloop.trainer.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How much of a minibatch is computed at once. Its parts are computed one after the other and their
 * gradients added up, which bounds memory and changes the result by rounding only.
 *
 * @param tokens most prompt and answer tokens of a part, unless one example alone has more; 0 for
 *     the whole minibatch
 */
public record MicroBatches(int tokens) {
  /** Everything at once. */
  public static final MicroBatches WHOLE = new MicroBatches(0);

  public MicroBatches {
    if (tokens < 0) {
      throw new IllegalArgumentException(
          "micro-batch tokens: found " + tokens + ", expected 0 (the whole minibatch) or more");
    }
  }

  /** Consecutive parts; none is empty. */
  <T> List<List<T>> split(List<T> examples, ToIntFunction<T> size) {
    if (tokens == 0) {
      return List.of(examples);
    }
    List<List<T>> parts = new ArrayList<>();
    int begin = 0;
    int used = 0;
    for (int i = 0; i < examples.size(); i++) {
      int next = size.applyAsInt(examples.get(i));
      if (i > begin && used + next > tokens) {
        parts.add(examples.subList(begin, i));
        begin = i;
        used = 0;
      }
      used += next;
    }
    parts.add(examples.subList(begin, examples.size()));
    return parts;
  }
}
