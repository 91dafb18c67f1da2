package io.searchloop.jobs.intake;

import io.searchloop.jobs.state.StateCodec;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.state.RolloutOrigin;
import io.searchloop.schemas.state.RolloutState;
import io.searchloop.schemas.state.SearchOrigin;
import io.searchloop.schemas.state.SearchPage;
import io.searchloop.schemas.state.SearchState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * What attribution needs of a decision, taken from it once: the search it opens, with who may earn.
 * It travels and waits packed. What only tuples carry, and the page, are bytes within, which nobody
 * reads until a tuple is written or a price asks.
 *
 * <p>Every field is set here, because Avro's defaults are slow to come by. One thread.
 */
public final class DecidedSearch {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final StateCodec<SearchState> searches = StateCodec.ofSearches();
  private final StateCodec<SearchOrigin> origins = StateCodec.ofOrigins();
  private final StateCodec<SearchPage> pages = StateCodec.ofPages();

  /** The packed form of the search that a decision opens. */
  public byte[] pack(Decision decision) {
    return searches.write(search(decision));
  }

  /**
   * Reads the packed form.
   *
   * @throws IllegalStateException when no known schema has written it
   */
  public SearchState unpack(byte[] packed) {
    return searches.read(ByteBuffer.wrap(packed));
  }

  private SearchState search(Decision decision) {
    List<Candidate> served = served(decision);
    return SearchState.newBuilder()
        .setQueryId(decision.getQueryId())
        .setDecidedAt(decision.getTimestamp().toEpochMilli())
        .setShownAt(Long.MIN_VALUE)
        .setDueAt(Long.MAX_VALUE)
        .setClosesAt(Long.MAX_VALUE)
        .setConfigFrom(0)
        .setUncredited(false)
        .setWithheldFromTraining(false)
        .setPageMode(decision.getMode() == DecisionMode.MULTILEAVED)
        .setSilent(served.isEmpty())
        .setOrigin(ByteBuffer.wrap(origins.write(origin(decision, served))))
        .setRollouts(earnings(served.size()))
        .setProducts(new ArrayList<>())
        .setLines(new ArrayList<>())
        .setExamination(decision.getExamination())
        .setPage(page(decision))
        .build();
  }

  private static List<Candidate> served(Decision decision) {
    return switch (decision.getMode()) {
      case ASSIGNED, HOLDOUT -> List.of(decision.getCandidates().get(decision.getServed().get(0)));
      case MULTILEAVED -> decision.getCandidates();
      case ENGINE_ONLY, UNKNOWN -> List.of();
    };
  }

  private static SearchOrigin origin(Decision decision, List<Candidate> served) {
    return SearchOrigin.newBuilder()
        .setQuery(decision.getQuery())
        .setPromptTokens(decision.getPromptTokens())
        .setGroupKey(decision.getGroupKey())
        .setArm(decision.getArm())
        .setSlateId(decision.getSlateId())
        .setPolicyVersion(decision.getPolicyVersion())
        .setStep(decision.getStep())
        .setLineage(decision.getLineage())
        .setCatalogueEpoch(decision.getCatalogueEpoch())
        .setRollouts(served.stream().map(DecidedSearch::rollout).toList())
        .build();
  }

  private static RolloutOrigin rollout(Candidate candidate) {
    return RolloutOrigin.newBuilder()
        .setRolloutId(candidate.getRolloutId())
        .setTrainable(candidate.getTrainable())
        .setTokenIds(candidate.getTokenIds())
        .setLogProbs(candidate.getLogProbs())
        .build();
  }

  private static List<RolloutState> earnings(int rollouts) {
    List<RolloutState> earnings = new ArrayList<>(rollouts);
    for (int i = 0; i < rollouts; i++) {
      earnings.add(
          RolloutState.newBuilder()
              .setReward(0)
              .setPreference(0)
              .setTerms(new HashMap<>())
              .setOutcomeTime(0)
              .setSequence(0)
              .build());
    }
    return earnings;
  }

  /** The page, where a credit or a price may come to depend on it. */
  private ByteBuffer page(Decision decision) {
    boolean multileaved = decision.getMode() == DecisionMode.MULTILEAVED;
    if (!multileaved && !decision.getQueryRanks().hasRemaining()) {
      return NOTHING;
    }
    return ByteBuffer.wrap(
        pages.write(
            SearchPage.newBuilder()
                .setProducts(decision.getPage())
                .setQueryRanks(decision.getQueryRanks())
                .setExamination(multileaved ? decision.getExamination() : NOTHING)
                .setExposure(multileaved ? decision.getExposure() : NOTHING)
                .setRanks(
                    multileaved
                        ? decision.getCandidates().stream().map(Candidate::getRanks).toList()
                        : List.of())
                .build()));
  }
}
