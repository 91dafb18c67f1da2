package io.searchloop.trainer.warmstart;

import io.searchloop.policy.rewrite.QueryText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A warm start's texts divided: what is mined for training, what is held out, what probes releases.
 * Equal texts and randomness give equal divisions.
 *
 * @param training texts to learn from
 * @param noise channel learned from their corrections
 * @param heldOut examples to judge on
 * @param probes queries to try releases on
 */
record WarmStartData(
    WarmStartText training, NoiseChannel noise, HeldOut heldOut, List<String> probes) {
  private static final int HELD_OUT_CORRECTIONS = 10;
  private static final int MOST_EXAMPLES = 128;
  private static final int MOST_PROBES = 256;

  static WarmStartData divide(WarmStartText text, RandomGenerator random) {
    List<WeightedPair> learned = new ArrayList<>();
    List<RewritePair> kept = new ArrayList<>();
    for (int i = 0; i < text.corrections().size(); i++) {
      WeightedPair pair = text.corrections().get(i);
      String source = QueryText.normalise(pair.source());
      String target = QueryText.normalise(pair.target());
      if (i % HELD_OUT_CORRECTIONS == 0 && !source.isEmpty() && !target.isEmpty()) {
        kept.add(new RewritePair(source, target));
      } else {
        learned.add(pair);
      }
    }
    NoiseChannel noise = NoiseChannel.learn(learned);
    List<String> texts =
        shuffled(text.queries().isEmpty() ? text.phrases() : text.queries(), random);
    HeldOut heldOut =
        new HeldOut(
            examples(texts, target -> noise.misspell(target, random), pair -> !pair.identity()),
            examples(texts, target -> target, pair -> true),
            kept.subList(0, Math.min(kept.size(), MOST_EXAMPLES)));
    return new WarmStartData(
        new WarmStartText(text.phrases(), text.queries(), text.coClicks(), learned),
        noise,
        heldOut,
        texts.subList(0, Math.min(texts.size(), MOST_PROBES)));
  }

  private static List<RewritePair> examples(
      List<String> texts, UnaryOperator<String> written, Predicate<RewritePair> usable) {
    return texts.stream()
        .map(target -> new RewritePair(written.apply(target), target))
        .filter(usable)
        .limit(MOST_EXAMPLES)
        .toList();
  }

  private static List<String> shuffled(List<String> texts, RandomGenerator random) {
    TreeSet<String> distinct = new TreeSet<>();
    texts.stream().map(QueryText::normalise).filter(t -> !t.isEmpty()).forEach(distinct::add);
    List<String> shuffled = new ArrayList<>(distinct);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return shuffled;
  }
}
