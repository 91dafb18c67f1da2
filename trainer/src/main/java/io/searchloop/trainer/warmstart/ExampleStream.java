package io.searchloop.trainer.warmstart;

import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.policy.rewrite.RewriteFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Pairs as token batches. Sequences of like length share a batch, because the longest sets the cost
 * of all; the order of batches is random. One thread.
 */
final class ExampleStream {
  private static final int BATCHES_AT_ONCE = 8;

  /** A batch of prompts and answers, row by row. */
  record Batch(List<int[]> prompts, List<int[]> answers) {}

  private record Example(int[] prompt, int[] answer) {
    int length() {
      return prompt.length + answer.length;
    }
  }

  private record Drawn(String source, int[] answer) {}

  private final Supplier<RewritePair> pairs;
  private final Function<RewritePair, List<String>> targets;
  private final RewriteFormat format;
  private final ContextSource contexts;
  private final int size;
  private final Random random;
  private final Queue<Batch> ready = new ArrayDeque<>();

  /**
   * @param targets rewrites of the answer to a pair; one unless the format has sets
   * @param size sequences of a batch
   */
  ExampleStream(
      Supplier<RewritePair> pairs,
      Function<RewritePair, List<String>> targets,
      RewriteFormat format,
      ContextSource contexts,
      int size,
      RandomGenerator random) {
    this.pairs = pairs;
    this.targets = targets;
    this.format = format;
    this.contexts = contexts;
    this.size = size;
    this.random = new Random(random.nextLong());
  }

  Batch next() {
    if (ready.isEmpty()) {
      ready.addAll(shuffled(batches(draw())));
    }
    return ready.remove();
  }

  /** Passes over batches as if they had been taken, without the cost of their prompts. */
  void skip(long batches) {
    for (long left = batches; left > 0; ) {
      if (ready.isEmpty() && left >= BATCHES_AT_ONCE) {
        draw();
        shuffled(new ArrayList<>(Collections.nCopies(BATCHES_AT_ONCE, "passed over")));
        left -= BATCHES_AT_ONCE;
      } else {
        next();
        left--;
      }
    }
  }

  private List<Drawn> draw() {
    List<Drawn> drawn = new ArrayList<>();
    while (drawn.size() < size * BATCHES_AT_ONCE) {
      RewritePair pair = pairs.get();
      format
          .answer(targets.apply(pair))
          .or(() -> format.answer(pair.target()))
          .ifPresent(answer -> drawn.add(new Drawn(pair.source(), answer)));
    }
    return drawn;
  }

  private List<Batch> batches(List<Drawn> drawn) {
    List<Example> examples = new ArrayList<>();
    drawn.forEach(
        one -> examples.add(new Example(format.prompt(contexts.of(one.source())), one.answer())));
    examples.sort(Comparator.comparingInt(Example::length));
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < examples.size(); from += size) {
      List<Example> members = examples.subList(from, from + size);
      batches.add(
          new Batch(
              members.stream().map(Example::prompt).toList(),
              members.stream().map(Example::answer).toList()));
    }
    return batches;
  }

  private <T> List<T> shuffled(List<T> batches) {
    Collections.shuffle(batches, random);
    return batches;
  }
}
