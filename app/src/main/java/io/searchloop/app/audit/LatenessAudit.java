package io.searchloop.app.audit;

import io.searchloop.learning.oracle.SourcePosition;
import io.searchloop.schemas.RewardConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lateness is the one refusal that depends on when a record came, so the oracle takes the job's
 * word for it. Two things can be proven all the same: each late record lies at or behind the
 * watermark that refused it, and that watermark trailed the greatest event time of the log by more
 * than the allowed lateness.
 */
final class LatenessAudit {
  private final Map<SourcePosition, Long> lateTimes = new HashMap<>();
  private final Map<SourcePosition, Long> watermarks;
  private final long latenessMs;
  private final boolean whole;
  private long greatest = Long.MIN_VALUE;

  private LatenessAudit(RawLog raw) {
    this.watermarks = raw.refusals().late();
    this.whole = raw.completeness().whole();
    this.latenessMs = raw.configs().stream().mapToLong(RewardConfig::getLatenessMs).min().orElse(0);
    raw.decisions().stream()
        .filter(d -> !raw.refusals().refused().contains(d.position()))
        .forEach(d -> note(d.position(), d.record().getTimestamp().toEpochMilli()));
    raw.events().stream()
        .filter(e -> !raw.refusals().refused().contains(e.position()))
        .forEach(e -> note(e.position(), e.record().getTimestamp().toEpochMilli()));
  }

  /** One sentence for each kind of fault, with the first example. */
  static List<String> violations(RawLog raw) {
    LatenessAudit audit = new LatenessAudit(raw);
    List<String> premature = new ArrayList<>();
    List<String> hasty = new ArrayList<>();
    audit.watermarks.forEach(
        (position, watermark) -> {
          if (!audit.whole && !audit.lateTimes.containsKey(position)) {
            return; // The record has expired before its letter.
          }
          if (audit.lateTimes.getOrDefault(position, Long.MAX_VALUE) > watermark) {
            premature.add(position + ", watermark " + watermark);
          }
          if (watermark >= audit.greatest - audit.latenessMs) {
            hasty.add(position + ", watermark " + watermark);
          }
        });
    List<String> violations = new ArrayList<>();
    name(violations, "though ahead of the watermark", premature);
    name(
        violations,
        "by a watermark within %d ms of the latest record".formatted(audit.latenessMs),
        hasty);
    return violations;
  }

  private void note(SourcePosition position, long time) {
    greatest = Math.max(greatest, time);
    if (watermarks.containsKey(position)) {
      lateTimes.put(position, time);
    }
  }

  private static void name(List<String> violations, String what, List<String> records) {
    if (!records.isEmpty()) {
      violations.add(
          "Refused as late %s: %d, first %s".formatted(what, records.size(), records.get(0)));
    }
  }
}
