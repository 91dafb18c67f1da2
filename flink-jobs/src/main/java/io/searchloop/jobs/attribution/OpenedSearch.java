package io.searchloop.jobs.attribution;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.state.PageState;
import io.searchloop.schemas.state.RolloutState;
import io.searchloop.schemas.state.SearchState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the state of a search from its decision: who it is about, and who may earn. Every field is
 * set here, because Avro's defaults are slow to come by.
 */
final class OpenedSearch {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private OpenedSearch() {}

  static SearchState of(Decision decision, long closesAt) {
    return SearchState.newBuilder()
        .setQueryId(decision.getQueryId())
        .setDecidedAt(decision.getTimestamp().toEpochMilli())
        .setShownAt(Long.MIN_VALUE)
        .setDueAt(Long.MAX_VALUE)
        .setClosesAt(closesAt)
        .setConfigFrom(0)
        .setUncredited(false)
        .setWithheldFromTraining(false)
        .setPageMode(decision.getMode() == DecisionMode.MULTILEAVED)
        .setSilent(served(decision).isEmpty())
        .setQuery(decision.getQuery())
        .setPromptTokens(decision.getPromptTokens())
        .setGroupKey(decision.getGroupKey())
        .setArm(decision.getArm())
        .setSlateId(decision.getSlateId())
        .setPolicyVersion(decision.getPolicyVersion())
        .setStep(decision.getStep())
        .setLineage(decision.getLineage())
        .setCatalogueEpoch(decision.getCatalogueEpoch())
        .setRollouts(served(decision).stream().map(OpenedSearch::rollout).toList())
        .setProducts(new ArrayList<>())
        .setLines(new ArrayList<>())
        .setPage(page(decision))
        .build();
  }

  /** Keeps the page only if prices depend on it: it would be most of the state. */
  static void dropPageUnlessPriced(SearchState search, RewardConfig config) {
    PageState page = search.getPage();
    boolean priced =
        page != null
            && (search.getPageMode()
                || (config.getHitrate() != 0 && page.getQueryRanks().hasRemaining())
                || (config.getPositionCorrection() && page.getExamination().hasRemaining()));
    if (!priced || search.getSilent()) {
      search.setPage(null);
    }
  }

  /** Drops what only base tuples carry. */
  static void compact(SearchState search) {
    search.setQuery("");
    search.setPromptTokens(NOTHING);
    for (RolloutState rollout : search.getRollouts()) {
      rollout.setTokenIds(NOTHING);
      rollout.setLogProbs(NOTHING);
      rollout.getTerms().clear();
    }
  }

  private static List<Candidate> served(Decision decision) {
    return switch (decision.getMode()) {
      case ASSIGNED, HOLDOUT -> List.of(decision.getCandidates().get(decision.getServed().get(0)));
      case MULTILEAVED -> decision.getCandidates();
      case ENGINE_ONLY, UNKNOWN -> List.of();
    };
  }

  private static RolloutState rollout(Candidate candidate) {
    return RolloutState.newBuilder()
        .setRolloutId(candidate.getRolloutId())
        .setTrainable(candidate.getTrainable())
        .setTokenIds(candidate.getTokenIds())
        .setLogProbs(candidate.getLogProbs())
        .setReward(0)
        .setPreference(0)
        .setTerms(new HashMap<>())
        .setOutcomeTime(0)
        .setSequence(0)
        .build();
  }

  private static @Nullable PageState page(Decision decision) {
    boolean multileaved = decision.getMode() == DecisionMode.MULTILEAVED;
    if (!multileaved && decision.getPage().isEmpty() && !decision.getExamination().hasRemaining()) {
      return null;
    }
    return PageState.newBuilder()
        .setProducts(decision.getPage())
        .setQueryRanks(decision.getQueryRanks())
        .setExamination(decision.getExamination())
        .setExposure(multileaved ? decision.getExposure() : NOTHING)
        .setRanks(
            multileaved
                ? decision.getCandidates().stream().map(Candidate::getRanks).toList()
                : List.of())
        .build();
  }
}
