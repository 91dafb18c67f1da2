package io.searchloop.app.bench.traffic;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Decisions as large as a worker's: four candidates with their tokens and log-probabilities, a page
 * of ten products and the ranks of those under the query as typed. One in twenty merges the lists
 * of all candidates into its page. Queries repeat, the first ones most often, so that rewards
 * spread over group keys as in a shop.
 */
final class TrafficDecisions {
  private static final int QUERIES = 20_000;
  private static final int PRODUCTS = 50_000;
  private static final int CANDIDATES = 4;
  private static final int TOKENS = 8;
  private static final int PROMPT_TOKENS = 12;
  private static final int VOCABULARY = 8_192;
  private static final int PAGE = 10;
  private static final double MULTILEAVED = .05;
  private static final double MISSED_BY_THE_QUERY = .2;
  private static final double MISSED_BY_A_CANDIDATE = .5;

  /** Of positions one to ten: 1 / log2(1 + k). */
  private static final float[] EXAMINATION = {
    1, .631f, .5f, .431f, .387f, .356f, .333f, .315f, .301f, .289f
  };

  private final RandomGenerator random;

  TrafficDecisions(RandomGenerator random) {
    this.random = random;
  }

  Decision decide(String queryId, String visitor, Instant time) {
    int query = (int) (QUERIES * Math.pow(random.nextDouble(), 3));
    String text = "cordless drill driver " + query;
    String hash = "%016x".formatted(query * 0x9E3779B97F4A7C15L);
    Decision.Builder decision =
        Decision.newBuilder()
            .setQueryId(queryId)
            .setClientId(visitor)
            .setSessionId(visitor)
            .setQuery(text)
            .setLocale("en-GB")
            .setTimestamp(time)
            .setArm("policy")
            .setPolicyVersion(41)
            .setStep(12)
            .setPromptTokens(Packed.ints(tokens(PROMPT_TOKENS)))
            .setPromptHash(hash)
            .setGroupKey(text + "|en-GB|" + hash + "|1|-1")
            .setCatalogueEpoch(1)
            .setPage(page())
            .setQueryRanks(Packed.ints(ranks(MISSED_BY_THE_QUERY)));
    return random.nextDouble() < MULTILEAVED ? merged(decision) : assigned(decision);
  }

  private Decision assigned(Decision.Builder decision) {
    List<Candidate> candidates = new ArrayList<>(CANDIDATES);
    for (int i = 0; i < CANDIDATES; i++) {
      candidates.add(candidate(decision, i).build());
    }
    return decision
        .setMode(DecisionMode.ASSIGNED)
        .setCandidates(candidates)
        .setServed(List.of(random.nextInt(CANDIDATES)))
        .setAssignmentPropensity(1.0 / CANDIDATES)
        .build();
  }

  private Decision merged(Decision.Builder decision) {
    List<Candidate> candidates = new ArrayList<>(CANDIDATES);
    for (int i = 0; i < CANDIDATES; i++) {
      candidates.add(
          candidate(decision, i).setRanks(Packed.ints(ranks(MISSED_BY_A_CANDIDATE))).build());
    }
    return decision
        .setMode(DecisionMode.MULTILEAVED)
        .setCandidates(candidates)
        .setServed(IntStream.range(0, CANDIDATES).boxed().toList())
        .setMergeSeed(random.nextLong())
        .setExamination(Packed.floats(EXAMINATION))
        .setExposure(Packed.floats(EXAMINATION))
        .build();
  }

  private Candidate.Builder candidate(Decision.Builder decision, int i) {
    return Candidate.newBuilder()
        .setRolloutId(decision.getQueryId() + "#" + i)
        .setRewrite(decision.getQuery() + " rewritten " + i)
        .setTokenIds(Packed.ints(tokens(TOKENS)))
        .setLogProbs(Packed.floats(logProbs()))
        .setTrainable(true)
        .setValid(true);
  }

  private List<String> page() {
    List<String> page = new ArrayList<>(PAGE);
    for (int i = 0; i < PAGE; i++) {
      page.add("p" + random.nextInt(PRODUCTS));
    }
    return page;
  }

  /** Ranks of the page's products in a list that lacks some of them. */
  private int[] ranks(double missed) {
    int[] ranks = new int[PAGE];
    for (int i = 0; i < PAGE; i++) {
      ranks[i] = random.nextDouble() < missed ? 0 : i + 1;
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
