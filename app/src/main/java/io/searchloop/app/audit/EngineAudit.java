package io.searchloop.app.audit;

import static java.util.stream.Collectors.groupingBy;

import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.learning.oracle.Located;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Searches that an engine alone prices. What the engine answered cannot be computed again, but each
 * such search has exactly one tuple for every candidate, or one dead letter, or is still to be read
 * or answered. One thread.
 */
final class EngineAudit {
  /** Name of the job in the ledger and on its dead letters. */
  static final String JOB = EngineRewardJob.NAME;

  private final RawLog raw;
  private final @Nullable LedgerView view;
  private final Map<String, List<FoundTuple>> tuples;
  private final Map<SourcePartition, Long> unanswered = new HashMap<>();
  private final List<String> twice = new ArrayList<>();
  private final List<String> incomplete = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();
  private long priced;
  private long unavailable;
  private long unread;

  private EngineAudit(RawLog raw, @Nullable LedgerView view) {
    this.raw = raw;
    this.view = view;
    this.tuples = raw.engineTuples().stream().collect(groupingBy(t -> t.tuple().queryId()));
  }

  /**
   * @param view newest checkpoint of the engine's job; null when it has none yet
   */
  static EngineAudit of(RawLog raw, @Nullable LedgerView view) {
    EngineAudit audit = new EngineAudit(raw, view);
    Map<String, List<Located<Decision>>> searches =
        raw.decisions().stream()
            .filter(d -> isPriced(d.record()))
            .collect(groupingBy(d -> d.record().getQueryId()));
    searches.forEach(audit::follow);
    audit.tuples.keySet().stream()
        .filter(queryId -> !searches.containsKey(queryId))
        .forEach(audit.foreign::add);
    return audit;
  }

  AuditReport.Engine figures() {
    return new AuditReport.Engine(priced, unavailable, unread + sum(unanswered));
  }

  boolean clean() {
    return violations().isEmpty();
  }

  /** One sentence for each kind of fault, with the first example. */
  List<String> violations() {
    List<String> violations = new ArrayList<>();
    name(violations, "priced or refused twice", twice);
    name(violations, "priced in part", incomplete);
    name(violations, "priced though no decision asks for it", foreign);
    unanswered.forEach(
        (partition, searches) -> {
          long inFlight = inFlight(partition);
          if (searches > inFlight) {
            violations.add(
                "%s/%d: %d searches read by %s have neither tuple nor dead letter, it counts %d as pending"
                    .formatted(partition.topic(), partition.partition(), searches, JOB, inFlight));
          }
        });
    return violations;
  }

  private static boolean isPriced(Decision decision) {
    return decision.getMode() == DecisionMode.ENGINE_ONLY
        && !decision.getQueryId().isEmpty()
        && decision.getCandidates().stream().noneMatch(c -> c.getRolloutId().isEmpty());
  }

  /** A query id earns once, however often its decision was written. */
  private void follow(String queryId, List<Located<Decision>> decisions) {
    List<FoundTuple> found = tuples.getOrDefault(queryId, List.of());
    long letters = 0;
    for (Located<Decision> decision : decisions) {
      int own = raw.refusals().ofEngine(decision.position());
      letters += own;
      if (own > 1) {
        twice.add(queryId);
      }
    }
    if (!found.isEmpty()) {
      priced++;
      compare(queryId, decisions, found);
      if (letters > 0 && decisions.size() == 1) {
        twice.add(queryId);
      }
    } else if (letters > 0) {
      unavailable++;
    } else {
      expectLater(decisions);
    }
  }

  /** Besides the candidates, the query as typed may be logged; it is never trained on. */
  private void compare(String queryId, List<Located<Decision>> decisions, List<FoundTuple> found) {
    Set<String> rollouts = new HashSet<>();
    for (FoundTuple tuple : found) {
      if (!rollouts.add(tuple.tuple().rolloutId())) {
        twice.add(queryId);
      }
    }
    List<String> candidates =
        decisions.get(0).record().getCandidates().stream().map(Candidate::getRolloutId).toList();
    if (!rollouts.containsAll(candidates)) {
      incomplete.add(queryId);
    }
    boolean stranger =
        found.stream()
            .map(FoundTuple::tuple)
            .filter(ExpectedTuple::trainable)
            .anyMatch(tuple -> !candidates.contains(tuple.rolloutId()));
    if (stranger) {
      foreign.add(queryId);
    }
  }

  private void expectLater(List<Located<Decision>> decisions) {
    Located<Decision> first = decisions.get(0);
    SourcePartition partition = first.position().sourcePartition();
    if (view == null
        || first.position().offset() >= view.nextOffsets().getOrDefault(partition, 0L)) {
      unread++;
    } else if (!raw.refusals().refused().contains(first.position())) {
      unanswered.merge(partition, 1L, Long::sum);
    }
  }

  private long inFlight(SourcePartition partition) {
    return view == null || !view.counts().containsKey(partition)
        ? 0
        : view.counts().get(partition).count(RecordClass.PENDING);
  }

  private static long sum(Map<SourcePartition, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void name(List<String> violations, String what, List<String> searches) {
    if (!searches.isEmpty()) {
      violations.add(
          "Engine-only searches %s: %d, first %s"
              .formatted(what, searches.size(), searches.get(0)));
    }
  }
}
