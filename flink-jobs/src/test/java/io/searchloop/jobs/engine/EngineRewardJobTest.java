package io.searchloop.jobs.engine;

import static io.searchloop.jobs.engine.EngineDecisions.QUERY;
import static io.searchloop.jobs.engine.EngineDecisions.WIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.searchloop.jobs.fixtures.InMemory;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTerm;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.engine.IndexGoneException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole job in this JVM, with a real engine that is sometimes away. */
class EngineRewardJobTest {
  private static final RewardConfig REWARD = RewardConfig.newBuilder().setName("leser").build();

  /** One for all tests: starting it takes longer than most of them. */
  private static final MiniCluster CLUSTER =
      new MiniCluster(
          new MiniClusterConfiguration.Builder()
              .setNumTaskManagers(1)
              .setNumSlotsPerTaskManager(1)
              .setConfiguration(new Configuration().set(RestOptions.BIND_PORT, "0"))
              .build());

  private final EngineDecisions decisions = new EngineDecisions();
  private final InMemory.Collected<RewardTuple> rewards = new InMemory.Collected<>();
  private final InMemory.Collected<DeadLetter> deadLetters = new InMemory.Collected<>();
  private final InMemory.Collected<Ledger> ledger = new InMemory.Collected<>();

  @BeforeAll
  static void start() throws Exception {
    CLUSTER.start();
  }

  @AfterAll
  static void stop() throws Exception {
    CLUSTER.close();
  }

  @Test
  void rewardsRewritesByWhatTheEngineFindsForThem() throws Exception {
    // The typed query finds drill and bit, f = .4545 each: only "drill" is a word of the shop.
    // "cordless" adds saw, f = 0: relevance 2/3, still two relevant products.
    run(TestBackend.failing(0), List.of(decisions.engineOnly("q", WIDER, "drill", "", WIDER)));

    assertThat(rewards.records())
        .extracting(RewardTuple::getRolloutId, RewardTuple::getReward, RewardTuple::getTrainable)
        .containsExactly(
            tuple("q#0", .766667, true),
            tuple("q#1", 1.1, true),
            tuple("q#2", 0., true),
            tuple("q#3", .766667, true),
            tuple("q#identity", 1.1, false));
  }

  @Test
  void searchesAgainWhatTheWorkerSearched() throws Exception {
    // The checker has found "cordless" already: identity finds what the rewrite would have added.
    Decision corrected =
        Decision.newBuilder(
                EngineDecisions.decision("q", 1_000, DecisionMode.ENGINE_ONLY, WIDER, "lamp"))
            .setCombination("UNION")
            .setCorrection("cordless drill")
            .setCorrectionWeight(.7)
            .setRewriteWeight(.35)
            .build();

    run(TestBackend.failing(0), List.of(decisions.record(corrected)));

    assertThat(rewards.records())
        .extracting(RewardTuple::getRolloutId)
        .containsExactly("q#0", "q#1", "q#identity");
    assertThat(rewards.records().get(0).getReward())
        .isEqualTo(rewards.records().get(2).getReward());
    assertThat(rewards.records().get(1).getReward())
        .as("a lamp dilutes the page")
        .isLessThan(rewards.records().get(2).getReward());
  }

  @Test
  void buriesDecisionsWhoseSearchCannotBeRepeated() throws Exception {
    Decision strange =
        Decision.newBuilder(EngineDecisions.decision("q", 1_000, DecisionMode.ENGINE_ONLY, WIDER))
            .setCombination("BLEND")
            .build();
    Decision weightless = Decision.newBuilder(strange).setCombination("UNION").build();

    run(TestBackend.failing(0), List.of(decisions.record(strange), decisions.record(weightless)));

    assertThat(rewards.records()).isEmpty();
    assertThat(deadLetters.records())
        .extracting(DeadLetter::getReason)
        .containsOnly(DeadLetterReason.INVALID_FIELD)
        .hasSize(2);
    assertThat(deadLetters.records().get(0).getDetail()).contains("combination is 'BLEND'");
    assertThat(finalCounts().getDeadLetter()).isEqualTo(2);
  }

  @Test
  void carriesTheRolloutAndNeverTheVisitor() throws Exception {
    run(TestBackend.failing(0), List.of(decisions.engineOnly("q", WIDER)));

    Instant decided = Instant.ofEpochMilli(1_000);
    assertThat(rewards.records())
        .first()
        .isEqualTo(
            RewardTuple.newBuilder()
                .setOrigin(TupleOrigin.ENGINE)
                .setRolloutId("q#0")
                .setQueryId("q")
                .setGroupKey("drill/en")
                .setReward(.766667)
                .setTerms(List.of(new RewardTerm("relevance", .666667), new RewardTerm("size", .1)))
                .setQuery(QUERY)
                .setArm("policy")
                .setPolicyVersion(42)
                .setStep(3)
                .setLineage(5)
                .setCatalogueEpoch(7)
                .setTrainable(true)
                .setPromptTokens(Packed.ints(1, 2, 3))
                .setTokenIds(Packed.ints(7, 8))
                .setLogProbs(Packed.floats(-.5f, -.25f))
                .setImpressionTime(decided)
                .setOutcomeTime(decided)
                .setCorrectableUntil(decided)
                .setRewardConfig("leser")
                .build());
  }

  @Test
  void scoresIdentityOnceWhenTheWorkerLoggedIt() throws Exception {
    Decision logged =
        Decision.newBuilder(EngineDecisions.decision("q", 1_000, DecisionMode.ENGINE_ONLY, "drill"))
            .setCandidates(
                List.of(
                    Candidate.newBuilder()
                        .setRolloutId("q#0")
                        .setRewrite(QUERY)
                        .setValid(true)
                        .build(),
                    EngineDecisions.candidate("q#1", WIDER)))
            .build();

    run(TestBackend.failing(0), List.of(decisions.record(logged)));

    assertThat(rewards.records())
        .extracting(RewardTuple::getRolloutId)
        .containsExactly("q#0", "q#1");
    assertThat(rewards.records()).extracting(RewardTuple::getReward).containsExactly(1.1, .766667);
  }

  @Test
  void keepsTheOrderOfDecisionsWhenTheFirstIsAnsweredLast() throws Exception {
    List<DecisionRecord> records = many(20);
    AtomicInteger searches = new AtomicInteger();
    CountDownLatch later = new CountDownLatch(1);
    TestBackend backwards =
        new TestBackend(
            () -> {
              int search = searches.incrementAndGet();
              if (search == 1) {
                later.await();
              } else if (search == 30) {
                later.countDown();
              }
              return null;
            });

    run(backwards, records, Map.of("calls.timeout", "PT1M"));

    assertThat(rewards.records().stream().map(RewardTuple::getQueryId).distinct().toList())
        .isEqualTo(records.stream().map(record -> record.readable().getQueryId()).toList());
  }

  @Test
  void pricesByTheConfigurationInForceAtTheDecision() throws Exception {
    List<DecisionRecord> records =
        List.of(
            decisions.record(EngineDecisions.decision("a", 999, DecisionMode.ENGINE_ONLY)),
            decisions.record(EngineDecisions.decision("b", 1_000, DecisionMode.ENGINE_ONLY)));
    RewardConfig later =
        RewardConfig.newBuilder()
            .setName("later")
            .setEffectiveFrom(Instant.ofEpochMilli(1_000))
            .setEngineSize(1)
            .build();

    run(TestBackend.failing(0), records, Map.of(), List.of(later, REWARD));

    assertThat(rewards.records()).extracting(RewardTuple::getReward).containsExactly(1.1, 2.);
    assertThat(rewards.records())
        .extracting(RewardTuple::getRewardConfigFrom)
        .containsExactly(Instant.EPOCH, Instant.ofEpochMilli(1_000));
  }

  @Test
  void leavesToTheRewardJobWhatIsNotItsOwn() throws Exception {
    Decision nameless =
        Decision.newBuilder(EngineDecisions.decision("q", 1_000, DecisionMode.ENGINE_ONLY, "x"))
            .setCandidates(List.of(EngineDecisions.candidate("", "drill")))
            .build();
    run(
        TestBackend.failing(0),
        List.of(
            decisions.record(EngineDecisions.decision("a", 1_000, DecisionMode.ASSIGNED, "x")),
            new DecisionRecord("decisions", 0, 1, 0, null, new byte[0], new byte[] {9}),
            decisions.record(EngineDecisions.decision("", 1_000, DecisionMode.ENGINE_ONLY, "x")),
            decisions.record(nameless),
            decisions.engineOnly("e", WIDER)));

    assertThat(rewards.records()).extracting(RewardTuple::getQueryId).containsOnly("e");
    assertThat(deadLetters.records())
        .extracting(DeadLetter::getReason)
        .containsExactly(DeadLetterReason.MISSING_FIELD);
    Ledger counts = finalCounts();
    assertThat(counts.getAccepted()).isEqualTo(5);
    assertThat(counts.getDangling()).isEqualTo(3);
    assertThat(counts.getDeadLetter()).isEqualTo(1);
    assertThat(counts.getJoined()).isEqualTo(1);
    assertThat(counts.getPending()).isZero();
  }

  @Test
  void countsARepeatedDecisionOnce() throws Exception {
    run(
        TestBackend.failing(0),
        List.of(decisions.engineOnly("q", WIDER), decisions.engineOnly("q", WIDER)));

    assertThat(rewards.records()).hasSize(2);
    assertThat(finalCounts().getJoined()).isEqualTo(1);
    assertThat(finalCounts().getDuplicate()).isEqualTo(1);
  }

  @Test
  void triesAgainUntilTheEngineAnswers() throws Exception {
    run(TestBackend.failing(5), many(4));

    assertThat(rewards.records()).hasSize(8);
    assertThat(deadLetters.records()).isEmpty();
  }

  @Test
  void doesNotWaitForAnEngineThatHangs() throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    CountDownLatch never = new CountDownLatch(1);
    TestBackend hanging =
        new TestBackend(
            () -> {
              if (first.getAndSet(false)) {
                never.await();
              }
              return null;
            });

    run(
        hanging,
        many(3),
        Map.of("calls.timeout", "PT0.1S", "calls.threads", "1", "calls.attempts", "50"));

    assertThat(rewards.records()).hasSize(6);
    assertThat(deadLetters.records()).isEmpty();
  }

  @Test
  void buriesDecisionsThatTheEngineNeverAnswersWithTheirBytes() throws Exception {
    TestBackend away = TestBackend.failing(Integer.MAX_VALUE);

    run(away, many(3), Map.of("calls.attempts", "2"));

    assertThat(rewards.records()).isEmpty();
    assertThat(deadLetters.records()).hasSize(3);
    DeadLetter letter = deadLetters.records().get(1);
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.ENGINE_UNAVAILABLE);
    assertThat(letter.getOffset()).isEqualTo(1);
    assertThat(Packed.bytes(letter.getPayload())).isEqualTo(EngineDecisions.bytes("value-1"));
    assertThat(Packed.bytes(letter.getRecordKey())).isEqualTo(EngineDecisions.bytes("key-1"));
    assertThat(letter.getTimestamp()).isEqualTo(Instant.ofEpochMilli(2_001));
    assertThat(letter.getDetail()).contains("decisions-0@1", "2 times", "engine is away");
    assertThat(letter.getDetail()).doesNotContain(QUERY);
    assertThat(finalCounts().getDeadLetter()).isEqualTo(3);
    assertThat(away.left()).as("engines left open").isZero();
  }

  /** A restart opens the newest; letters would be lost rewards. */
  @Test
  void beginsAnewRatherThanBuryDecisionsWhenItsIndexIsGone() {
    TestBackend gone =
        new TestBackend(
            () -> {
              throw new IndexGoneException("no index shop-1");
            });

    assertThatThrownBy(() -> run(gone, many(1)))
        .hasRootCauseInstanceOf(IndexGoneException.class)
        .hasRootCauseMessage("no index shop-1");
    assertThat(deadLetters.records()).isEmpty();
  }

  @Test
  void recoversWhenTheEngineComesBack() throws Exception {
    // Two failures open the breaker and bury the first decision; the next waits longer than that.
    run(
        TestBackend.failing(2),
        many(4),
        Map.of(
            "calls.capacity", "1",
            "calls.attempts", "2",
            "calls.breaker-calls", "2",
            "calls.breaker-failure-rate", "1",
            "calls.breaker-open", "PT0.02S",
            "calls.backoff", "PT0.1S"));

    assertThat(deadLetters.records()).extracting(DeadLetter::getOffset).containsExactly(0L);
    assertThat(rewards.records())
        .extracting(RewardTuple::getQueryId)
        .containsExactly("q1", "q1", "q2", "q2", "q3", "q3");
  }

  @Test
  void refusesUnalignedCheckpoints() {
    Configuration unaligned = new Configuration().set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(unaligned);
    env.enableCheckpointing(100);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> job(TestBackend.failing(0), List.of(), Map.of(), List.of(REWARD)).build(env))
        .withMessageContaining("execution.checkpointing.unaligned.enabled");
  }

  private List<DecisionRecord> many(int count) {
    return IntStream.range(0, count).mapToObj(i -> decisions.engineOnly("q" + i, WIDER)).toList();
  }

  private void run(TestBackend backend, List<DecisionRecord> records) throws Exception {
    run(backend, records, Map.of());
  }

  private void run(TestBackend backend, List<DecisionRecord> records, Map<String, String> settings)
      throws Exception {
    run(backend, records, settings, List.of(REWARD));
  }

  private void run(
      TestBackend backend,
      List<DecisionRecord> records,
      Map<String, String> settings,
      List<RewardConfig> prices)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    job(backend, records, settings, prices).build(env);
    CLUSTER.executeJobBlocking(env.getStreamGraph().getJobGraph());
  }

  private EngineRewardJob job(
      TestBackend backend,
      List<DecisionRecord> records,
      Map<String, String> settings,
      List<RewardConfig> prices) {
    Map<String, String> values = new HashMap<>();
    values.put("reward.size-floor", "1");
    values.put("calls.backoff", "PT0.005S");
    values.put("calls.max-backoff", "PT0.1S");
    values.putAll(settings);
    ConfigBinder binder = new ConfigBinder(values);
    return new EngineRewardJob(
        InMemory.source(records, TypeInformation.of(DecisionRecord.class)),
        () -> PastRun.NONE,
        new EngineRewardJob.Sinks(rewards, deadLetters, ledger),
        backend.opening(),
        prices,
        binder.bind("reward", EngineRewardConfig.class),
        binder.bind("calls", EngineCallConfig.class));
  }

  private Ledger finalCounts() {
    List<Ledger> records = ledger.records();
    return records.get(records.size() - 1);
  }
}
