package io.searchloop.app.audit;

import io.searchloop.learning.event.EventIdentity;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.VisitorKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps of each record what attribution reads, and each text once: a log of months is audited in
 * the memory of its ids, not of its prompts and pages. One thread.
 */
final class LeanRecords {
  private final Map<String, String> texts = new HashMap<>();

  /** Without tokens, prompts and texts. */
  Decision decision(Decision decision) {
    return Decision.newBuilder()
        .setQueryId(once(decision.getQueryId()))
        .setClientId(once(VisitorKey.of(decision).orElse("")))
        .setTimestamp(decision.getTimestamp())
        .setMode(decision.getMode())
        .setCandidates(decision.getCandidates().stream().map(this::candidate).toList())
        .setServed(List.copyOf(decision.getServed()))
        .setPage(decision.getPage().stream().map(this::once).toList())
        .setQueryRanks(decision.getQueryRanks())
        .setExamination(decision.getExamination())
        .setExposure(decision.getExposure())
        .build();
  }

  /** Without page and texts; an event without id gets the identity its whole content gives it. */
  SearchEvent event(SearchEvent event) {
    return SearchEvent.newBuilder()
        .setEventId(EventIdentity.of(event))
        .setQueryId(once(event.getQueryId()))
        .setClientId(once(VisitorKey.of(event).orElse("")))
        .setActionName(once(event.getActionName()))
        .setTimestamp(event.getTimestamp())
        .setObjectId(once(event.getObjectId()))
        .setPositionOrdinal(event.getPositionOrdinal())
        .setOrderId(once(event.getOrderId()))
        .setOrderLine(event.getOrderLine())
        .setQuantity(event.getQuantity())
        .setMinorUnits(event.getMinorUnits())
        .setView(once(event.getView()))
        .build();
  }

  private Candidate candidate(Candidate candidate) {
    return Candidate.newBuilder()
        .setRolloutId(once(candidate.getRolloutId()))
        .setTrainable(candidate.getTrainable())
        .setRanks(candidate.getRanks())
        .build();
  }

  private String once(String text) {
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }
}
