package io.searchloop.app.console.view;

import io.searchloop.app.console.view.Example.Outcome;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last searches with what became of them, in memory only: at most {@link #KEPT}, at most {@link
 * #MOST_OUTCOMES} outcomes each. Thread-safe.
 */
final class Examples {
  /** Searches remembered. */
  static final int KEPT = 400;

  private static final int MOST_OUTCOMES = 20;
  private static final int SHOWN_RESULTS = 5;

  private final Titles titles;
  private final Map<String, Search> searches = new LinkedHashMap<>();

  private static final class Search {
    final Decision decision;
    final List<Outcome> outcomes = new ArrayList<>();
    List<String> page;
    double reward;
    boolean rewarded;

    Search(Decision decision) {
      this.decision = decision;
      this.page = decision.getPage();
    }
  }

  Examples(Titles titles) {
    this.titles = titles;
  }

  synchronized void decided(Decision decision) {
    if (decision.getMode() == DecisionMode.ENGINE_ONLY) {
      return; // shown to nobody
    }
    searches.put(decision.getQueryId(), new Search(decision));
    if (searches.size() > KEPT) {
      Iterator<String> oldest = searches.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  synchronized void happened(SearchEvent event) {
    Search search = searches.get(event.getQueryId());
    if (search == null || event.getActionName().equals("query")) {
      return;
    }
    if (event.getActionName().equals("impression")) {
      search.page = event.getPage().isEmpty() ? search.page : event.getPage();
    } else if (search.outcomes.size() < MOST_OUTCOMES) {
      search.outcomes.add(
          new Outcome(
              event.getActionName(), titles.of(event.getObjectId()), event.getPositionOrdinal()));
    }
  }

  synchronized void earned(RewardTuple tuple) {
    Search search = searches.get(tuple.getQueryId());
    if (search != null) {
      search.reward += tuple.getReward();
      search.rewarded = true;
    }
  }

  /** The newest searches first; on request only those whose shopper did something. */
  synchronized List<Example> newest(int count, boolean withOutcome) {
    List<Search> all = new ArrayList<>(searches.values());
    List<Example> newest = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0 && newest.size() < count; i--) {
      if (!withOutcome || !all.get(i).outcomes.isEmpty()) {
        newest.add(example(all.get(i)));
      }
    }
    return newest;
  }

  private Example example(Search search) {
    Decision decision = search.decision;
    Set<String> served = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    int index = 0;
    for (Candidate candidate : decision.getCandidates()) {
      (decision.getServed().contains(index++) ? served : others).add(candidate.getRewrite());
    }
    others.removeAll(served);
    return new Example(
        decision.getQueryId(),
        decision.getTimestamp(),
        decision.getQuery(),
        decision.getArm(),
        decision.getMode().name(),
        decision.getPolicyVersion(),
        List.copyOf(served),
        List.copyOf(others),
        decision.getCorrection(),
        search.page.stream().limit(SHOWN_RESULTS).map(titles::of).toList(),
        search.page.size(),
        search.outcomes,
        search.rewarded ? search.reward : null);
  }
}
