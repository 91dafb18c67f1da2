package io.searchloop.trainer.loss;

import java.util.Map;
import java.util.TreeMap;

/** What an optimiser step came to. */
public sealed interface StepOutcome {
  /** Plain numbers by metric name. */
  Map<String, Double> figures();

  /**
   * The weights changed.
   *
   * @param dropped sequences left out
   */
  record Updated(Map<String, Double> figures, int dropped) implements StepOutcome {
    public Updated {
      figures = new TreeMap<>(figures);
    }
  }

  /**
   * The weights are as they were.
   *
   * @param cause which rule refused it
   * @param detail what was found and expected
   */
  record Refused(Cause cause, String detail, Map<String, Double> figures) implements StepOutcome {
    public Refused {
      figures = new TreeMap<>(figures);
    }
  }

  /** Rules that refuse a step. */
  enum Cause {
    DIVERGED,
    NOT_FINITE
  }
}
