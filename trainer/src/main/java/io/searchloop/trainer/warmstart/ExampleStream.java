package io.searchloop.trainer.warmstart;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
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

  private final Supplier<RewritePair> pairs;
  private final RewriteFormat format;
  private final int size;
  private final Random random;
  private final Queue<Batch> ready = new ArrayDeque<>();

  ExampleStream(
      Supplier<RewritePair> pairs, RewriteFormat format, int size, RandomGenerator random) {
    this.pairs = pairs;
    this.format = format;
    this.size = size;
    this.random = new Random(random.nextLong());
  }

  Batch next() {
    if (ready.isEmpty()) {
      refill();
    }
    return ready.remove();
  }

  private void refill() {
    List<Example> drawn = new ArrayList<>();
    while (drawn.size() < size * BATCHES_AT_ONCE) {
      RewritePair pair = pairs.get();
      int[] prompt = format.prompt(QueryContext.of(pair.source()));
      format.answer(pair.target()).ifPresent(answer -> drawn.add(new Example(prompt, answer)));
    }
    drawn.sort(Comparator.comparingInt(Example::length));
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < drawn.size(); from += size) {
      List<Example> members = drawn.subList(from, from + size);
      batches.add(
          new Batch(
              members.stream().map(Example::prompt).toList(),
              members.stream().map(Example::answer).toList()));
    }
    Collections.shuffle(batches, random);
    ready.addAll(batches);
  }
}
