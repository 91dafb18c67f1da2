package io.searchloop.trainer;

import io.searchloop.trainer.intake.RefusalReason;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of one minibatch.
 *
 * @param trained whether the weights changed
 * @param reason key of the refusal; empty when trained
 * @param detail what was found and expected; empty when trained
 * @param figures numbers of the step, as far as it went
 * @param dropped sequences left out, by reason
 */
record Lesson(
    boolean trained,
    String reason,
    String detail,
    Map<String, Double> figures,
    Map<String, Long> dropped) {
  Lesson {
    figures = new TreeMap<>(figures);
    dropped = new TreeMap<>(dropped);
  }

  static Lesson refused(RefusalReason reason, String detail, Map<String, Double> figures) {
    return new Lesson(false, reason.key(), detail, figures, Map.of());
  }
}
