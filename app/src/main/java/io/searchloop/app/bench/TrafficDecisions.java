package io.searchloop.app.bench;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Decisions as large as a worker's: four candidates with their tokens and log-probabilities, a page
 * of ten products and the ranks of those under the query as typed. Queries repeat, the first ones
 * most often, so that rewards spread over group keys as in a shop.
 */
final class TrafficDecisions {
  private static final int QUERIES = 20_000;
  private static final int PRODUCTS = 50_000;
  private static final int CANDIDATES = 4;
  private static final int TOKENS = 8;
  private static final int PROMPT_TOKENS = 12;
  private static final int VOCABULARY = 8_192;
  private static final int PAGE = 10;

  private final RandomGenerator random;

  TrafficDecisions(RandomGenerator random) {
    this.random = random;
  }

  Decision decide(String queryId, String visitor, Instant time) {
    int query = (int) (QUERIES * Math.pow(random.nextDouble(), 3));
    String text = "cordless drill driver " + query;
    String hash = "%016x".formatted(query * 0x9E3779B97F4A7C15L);
    List<String> page = page();
    return Decision.newBuilder()
        .setQueryId(queryId)
        .setClientId(visitor)
        .setSessionId(visitor)
        .setQuery(text)
        .setLocale("en-GB")
        .setTimestamp(time)
        .setMode(DecisionMode.ASSIGNED)
        .setArm("policy")
        .setPolicyVersion(41)
        .setStep(12)
        .setCandidates(candidates(queryId, text))
        .setServed(List.of(random.nextInt(CANDIDATES)))
        .setAssignmentPropensity(1.0 / CANDIDATES)
        .setPromptTokens(Packed.ints(tokens(PROMPT_TOKENS)))
        .setPromptHash(hash)
        .setGroupKey(text + "|en-GB|" + hash + "|1|-1")
        .setCatalogueEpoch(1)
        .setPage(page)
        .setQueryRanks(Packed.ints(queryRanks()))
        .build();
  }

  private List<Candidate> candidates(String queryId, String text) {
    List<Candidate> candidates = new ArrayList<>(CANDIDATES);
    for (int i = 0; i < CANDIDATES; i++) {
      candidates.add(
          Candidate.newBuilder()
              .setRolloutId(queryId + "#" + i)
              .setRewrite(text + " rewritten " + i)
              .setTokenIds(Packed.ints(tokens(TOKENS)))
              .setLogProbs(Packed.floats(logProbs()))
              .setTrainable(true)
              .setValid(true)
              .build());
    }
    return candidates;
  }

  private List<String> page() {
    List<String> page = new ArrayList<>(PAGE);
    for (int i = 0; i < PAGE; i++) {
      page.add("p" + random.nextInt(PRODUCTS));
    }
    return page;
  }

  /** Two products of ten would have been missed by the query as typed. */
  private int[] queryRanks() {
    int[] ranks = new int[PAGE];
    for (int i = 0; i < PAGE; i++) {
      ranks[i] = random.nextInt(5) == 0 ? 0 : i + 1;
    }
    return ranks;
  }

  private int[] tokens(int count) {
    int[] tokens = new int[count];
    for (int i = 0; i < count; i++) {
      tokens[i] = random.nextInt(VOCABULARY);
    }
    return tokens;
  }

  private float[] logProbs() {
    float[] logProbs = new float[TOKENS];
    for (int i = 0; i < TOKENS; i++) {
      logProbs[i] = -2 * random.nextFloat();
    }
    return logProbs;
  }
}
