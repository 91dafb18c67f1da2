package io.searchloop.streams.page;

import io.searchloop.schemas.Candidate;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.streams.decision.Choice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lists that a page is merged from, each distinct one once: candidates that find the same
 * products are one team, and one that finds what the query finds belongs to the query's.
 */
final class CandidateLists {
  private final SearchResults typed;
  private final List<SearchResults> rewritten = new ArrayList<>();
  private final List<Integer> teams = new ArrayList<>();
  private final Map<String, Double> scores = new HashMap<>();

  private CandidateLists(SearchResults typed) {
    this.typed = typed;
    note(typed);
  }

  /** Retrieves the list of the query and of each candidate; empty when the deadline passes. */
  static Optional<CandidateLists> retrieve(Choice.Merge choice, Retrieval retrieval) {
    CandidateLists lists = new CandidateLists(retrieval.unrewritten());
    Map<String, SearchResults> byRewrite = new HashMap<>();
    for (Candidate candidate : choice.instead().decision().getCandidates()) {
      if (choice.deadline().passed()) {
        return Optional.empty();
      }
      // An invalid or refused candidate is served as identity, here as when it is shown alone.
      lists.add(
          candidate.getValid() && candidate.getRefusedBy().isEmpty()
              ? byRewrite.computeIfAbsent(candidate.getRewrite(), retrieval::with)
              : lists.typed);
    }
    return choice.deadline().passed() ? Optional.empty() : Optional.of(lists);
  }

  /** Lists that compete, the query's among them. */
  int teams() {
    return rewritten.size() + 1;
  }

  /** List of a candidate, as {@code TeamDraftMultileaver} numbers them. */
  int team(int candidate) {
    int team = teams.get(candidate);
    return team < 0 ? typedTeam() : team;
  }

  /** List of the query without a rewrite: the last. */
  int typedTeam() {
    return rewritten.size();
  }

  List<String> typed() {
    return typed.productIds();
  }

  List<List<String>> rewritten() {
    return rewritten.stream().map(SearchResults::productIds).toList();
  }

  /** The best score that any list gave a product. */
  double bestScore(String product) {
    return scores.getOrDefault(product, 0.0);
  }

  /** Matching products of the list that matches most. */
  long mostHits() {
    return rewritten.stream()
        .mapToLong(SearchResults::totalHits)
        .reduce(typed.totalHits(), Math::max);
  }

  private void add(SearchResults found) {
    if (found.productIds().equals(typed.productIds())) {
      teams.add(-1);
      return;
    }
    int known = rewritten().indexOf(found.productIds());
    if (known < 0) {
      rewritten.add(found);
      note(found);
    }
    teams.add(known < 0 ? rewritten.size() - 1 : known);
  }

  private void note(SearchResults found) {
    for (Hit hit : found.hits()) {
      scores.merge(hit.productId(), hit.score(), Math::max);
    }
  }
}
