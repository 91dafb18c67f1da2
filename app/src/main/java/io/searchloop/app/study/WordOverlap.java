package io.searchloop.app.study;

import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.trainer.sampling.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A verifiable reward: F1 of a rewrite's distinct words against those of the right answer, 0 for an
 * invalid rewrite. Example: "garden hoes" for "garden hose" has one of two words right: .5.
 */
final class WordOverlap {
  private WordOverlap() {}

  static double[] rewards(List<Answer> answers, String target, RewriteFormat format) {
    return answers.stream()
        .mapToDouble(
            answer -> format.rewrite(answer.tokens()).map(text -> f1(text, target)).orElse(0.0))
        .toArray();
  }

  static double f1(String rewrite, String target) {
    Set<String> written = words(rewrite);
    Set<String> right = words(target);
    Set<String> common = new HashSet<>(written);
    common.retainAll(right);
    return written.isEmpty() ? 0 : 2.0 * common.size() / (written.size() + right.size());
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>(List.of(text.split(" ")));
    words.remove("");
    return words;
  }
}
