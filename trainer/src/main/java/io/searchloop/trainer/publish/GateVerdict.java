package io.searchloop.trainer.publish;

import java.util.Map;
import java.util.TreeMap;

/** What the release gate found. Figures travel in the provenance either way. */
public sealed interface GateVerdict {
  /** Measured values by name. */
  Map<String, Double> figures();

  /** May be served. */
  record Accepted(Map<String, Double> figures) implements GateVerdict {
    public Accepted {
      figures = new TreeMap<>(figures);
    }
  }

  /**
   * Must not be served.
   *
   * @param reason what was measured, what was expected, which setting decides
   */
  record Refused(String reason, Map<String, Double> figures) implements GateVerdict {
    public Refused {
      figures = new TreeMap<>(figures);
    }
  }
}
