package io.searchloop.jobs.engine;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decisions for tests, each at the next offset of one partition. */
public final class EngineDecisions {
  public static final String TOPIC = "decisions";
  public static final String QUERY = "cordles drill";

  /** Identity of {@link #QUERY} finds drill and bit; see {@link TestBackend#PRODUCTS}. */
  public static final String WIDER = "cordless";

  private long offset;

  /** A decision of trainable rewrites at an instant. */
  public static Decision decision(
      String queryId, long time, DecisionMode mode, String... rewrites) {
    List<Candidate> candidates = new ArrayList<>();
    for (String rewrite : rewrites) {
      candidates.add(candidate(queryId + "#" + candidates.size(), rewrite));
    }
    return Decision.newBuilder()
        .setQueryId(queryId)
        .setClientId("visitor-1")
        .setQuery(QUERY)
        .setTimestamp(Instant.ofEpochMilli(time))
        .setMode(mode)
        .setArm("policy")
        .setPolicyVersion(42)
        .setStep(3)
        .setLineage(5)
        .setCandidates(candidates)
        .setPromptTokens(Packed.ints(1, 2, 3))
        .setGroupKey("drill/en")
        .build();
  }

  /** An empty rewrite is an invalid one. */
  public static Candidate candidate(String rolloutId, String rewrite) {
    return Candidate.newBuilder()
        .setRolloutId(rolloutId)
        .setRewrite(rewrite)
        .setTokenIds(Packed.ints(7, 8))
        .setLogProbs(Packed.floats(-.5f, -.25f))
        .setTrainable(true)
        .setValid(!rewrite.isEmpty())
        .build();
  }

  DecisionRecord engineOnly(String queryId, String... rewrites) {
    return record(decision(queryId, 1_000, DecisionMode.ENGINE_ONLY, rewrites));
  }

  DecisionRecord record(Decision decision) {
    long at = offset++;
    return new DecisionRecord(
        TOPIC, 0, at, 2_000 + at, decision, bytes("key-" + at), bytes("value-" + at));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
