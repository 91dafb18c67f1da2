package io.searchloop.app.replay;

import io.searchloop.policy.rewrite.GroupKey;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a decision and its page before an outcome whose log kept neither. The query is searched as
 * typed with today's engine over the log's catalogue; what the shopper in fact saw is not known, so
 * every such decision names its arm {@value #ARM}.
 *
 * <p>With rollouts, a what-if: the page counts as the rollout of a policy that always answers with
 * the query as typed. Its token ids are the query's UTF-8 bytes, all of probability 1. One thread.
 */
final class ReconstructedSearches {
  /** Arm of a search as typed, never trained on. */
  static final String ARM = "reconstructed-identity";

  /** Arm of the what-if. */
  static final String ROLLOUT_ARM = "reconstructed-rollout";

  private static final Duration PAGE_LOAD = Duration.ofMillis(1);
  private static final int[] NO_PROMPT = {};
  private static final long NO_LINEAGE = -1;

  private final SearchEngine engine;
  private final int pageSize;
  private final boolean asRollouts;
  private final Map<String, List<String>> pages = new HashMap<>();

  /**
   * @param engine searches the log's catalogue
   * @param pageSize products on a page
   * @param asRollouts whether the page counts as a trainable rollout
   */
  ReconstructedSearches(SearchEngine engine, int pageSize, boolean asRollouts) {
    if (pageSize < 1) {
      throw new IllegalArgumentException("page-size is " + pageSize + ", expected 1 or more");
    }
    this.engine = engine;
    this.pageSize = pageSize;
    this.asRollouts = asRollouts;
  }

  /** The decision to search a query as typed. */
  Decision decision(String queryId, String visitor, String query, Instant at) {
    return Decision.newBuilder()
        .setQueryId(queryId)
        .setClientId(visitor)
        .setQuery(query)
        .setTimestamp(at)
        .setMode(asRollouts ? DecisionMode.ASSIGNED : DecisionMode.HOLDOUT)
        .setArm(asRollouts ? ROLLOUT_ARM : ARM)
        .setCandidates(List.of(candidate(queryId, query)))
        .setServed(List.of(0))
        .setAssignmentPropensity(1)
        .setArmPropensity(1)
        .setPromptTokens(Packed.ints(NO_PROMPT))
        .setPromptHash(GroupKey.promptHash(NO_PROMPT))
        .setGroupKey(GroupKey.of(QueryContext.of(query), NO_PROMPT, engine.epoch(), NO_LINEAGE))
        .setCatalogueEpoch(engine.epoch())
        .setPage(page(query))
        .build();
  }

  /** The page of a decision, shown a moment later. */
  SearchEvent impression(Decision decision) {
    return SearchEvent.newBuilder()
        .setEventId(decision.getQueryId() + "/impression")
        .setQueryId(decision.getQueryId())
        .setClientId(decision.getClientId())
        .setActionName("impression")
        .setTimestamp(decision.getTimestamp().plus(PAGE_LOAD))
        .setPage(decision.getPage())
        .build();
  }

  /** Position of a product on a decision's page, from one; 0 when it is not there. */
  static int position(Decision decision, String product) {
    return decision.getPage().indexOf(product) + 1;
  }

  private Candidate candidate(String queryId, String query) {
    byte[] bytes = asRollouts ? query.getBytes(StandardCharsets.UTF_8) : new byte[0];
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      tokens[i] = Byte.toUnsignedInt(bytes[i]);
    }
    return Candidate.newBuilder()
        .setRolloutId(queryId + "#0")
        .setRewrite(query)
        .setTokenIds(Packed.ints(tokens))
        .setLogProbs(Packed.floats(new float[tokens.length]))
        .setTrainable(asRollouts)
        .setValid(true)
        .build();
  }

  private List<String> page(String query) {
    return pages.computeIfAbsent(
        query,
        text ->
            engine.search(SearchQuery.identity(text), pageSize).hits().stream()
                .map(Hit::productId)
                .toList());
  }
}
