package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.app.log.ControlWriter;
import io.searchloop.app.log.DecisionDesk;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.log.ReleaseRecords;
import io.searchloop.policy.control.Candidate;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The policy commands on real topics; each test goes on from what the others left. */
class PolicyControlIT {
  private static final LoopSettings SETTINGS =
      LoopSettings.of(
          Map.of("broker.port", "0", "broker.controller-port", "0", "registry.port", "0"), false);

  @TempDir static Path directory;
  private static Platform platform;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    platform = Platform.start(directory, SETTINGS);
    try (TopicAdmin admin = new TopicAdmin(platform.bootstrapServers(), "", 1)) {
      admin.ensure(Topics.ALL);
      admin.registerSchemas(platform.serdes().client(), Topics.ALL);
    }
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @BeforeEach
  void thaw() {
    assertThat(run("unfreeze")).isEqualTo(ExitCode.OK);
  }

  @Test
  void triesPromotesFreezesAndRollsBackAndTellsWhoWasOvertaken() throws Exception {
    List<Long> versions = releases(head().lineage(), 3);
    assertThat(run("promote", text(versions, 0), "--why", "first")).isEqualTo(ExitCode.OK);
    assertThat(run("shadow", text(versions, 1))).isEqualTo(ExitCode.OK);
    assertThat(run("canary", text(versions, 1), "--percent", "5")).isEqualTo(ExitCode.OK);
    assertThat(head().candidate())
        .isEqualTo(new Candidate(versions.get(1), Candidate.Stage.CANARY, 5));
    assertThat(out.toString()).contains("is on trial with 5 % of visitors");

    long seen = head().headOffset();
    assertThat(run("freeze", "--expected-head", "" + seen, "--who", "anna")).isZero();
    assertThat(run("promote", text(versions, 1), "--expected-head", "" + seen, "--who", "ben"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("PROMOTE is void: expected head " + seen);
    assertThat(run("canary", text(versions, 1), "--percent", "10")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("CANARY is void: ", "frozen");

    assertThat(run("unfreeze")).isEqualTo(ExitCode.OK);
    assertThat(run("rollback", "--to-offset", text(versions, 0), "--output", "json")).isZero();
    assertThat(out.toString()).contains("\"active_version\" : " + versions.get(0));
    assertThat(head().candidate()).isEqualTo(Candidate.NONE);

    assertThat(run("show")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("anna")
        .contains("VOID: expected head " + seen)
        .contains("Version " + versions.get(0) + " is active, lineage " + head().lineage());
    assertThat(run("rollback", "--to-offset", "99")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("no release at offset 99");
  }

  @Test
  void letsExactlyOneOfTwoOperatorsWinWhoDecideAtTheSameTime() throws Exception {
    List<Long> versions = releases(head().lineage(), 2);
    run("promote", text(versions, 0));
    for (int round = 0; round < 3; round++) {
      long seen = head().headOffset();
      List<Verdict> verdicts = race(versions, seen);

      assertThat(verdicts).filteredOn(Verdict::effective).hasSize(1);
      assertThat(verdicts)
          .filteredOn(verdict -> !verdict.effective())
          .singleElement()
          .satisfies(verdict -> assertThat(verdict.reason()).contains("expected head " + seen));
    }
  }

  @Test
  void repeatsADecisionThatOnlyTheLoopOvertook() throws Exception {
    List<Long> versions = releases(head().lineage(), 2);
    run("promote", text(versions, 0));
    DecisionDesk desk =
        new DecisionDesk(platform.bootstrapServers(), platform.serdes(), InstantSource.system());
    PolicyHistory seen = desk.history();
    decide(ControlAction.PROMOTE, versions.get(1), ControlLog.LOOP);

    DecisionDesk.Order freeze = new DecisionDesk.Order(ControlAction.FREEZE, -1, 0, "anna", "sale");
    DecisionDesk.Answer answer = desk.decide(freeze, seen, headOf(seen));
    assertThat(answer.verdict().effective()).isTrue();
    assertThat(answer.head().frozen()).isTrue();
    assertThat(answer.head().activeVersion()).isEqualTo(versions.get(1));

    PolicyHistory frozen = desk.history();
    decide(ControlAction.UNFREEZE, -1, "ben");
    assertThatThrownBy(() -> desk.decide(freeze, frozen, headOf(frozen)))
        .isInstanceOf(DecisionDesk.Overtaken.class)
        .hasMessageContaining(
            "ben decided UNFREEZE meanwhile: a test. What was written is void. The head is now");
    assertThat(head().frozen()).isFalse();
  }

  @Test
  void doesNotRepeatWhatIsVoidByItself() throws Exception {
    long other = releases(head().lineage() + 1_000, 1).get(0);
    DecisionDesk desk =
        new DecisionDesk(platform.bootstrapServers(), platform.serdes(), InstantSource.system());
    PolicyHistory seen = desk.history();

    DecisionDesk.Answer answer =
        desk.decide(
            new DecisionDesk.Order(ControlAction.PROMOTE, other, 0, "anna", ""),
            seen,
            headOf(seen));

    assertThat(answer.verdict().reason()).contains("is of lineage");
    assertThat(desk.history().decisions()).hasSize(seen.decisions().size() + 1);
    assertThat(run("freeze", "--who", ControlLog.LOOP)).isNotZero();
    assertThat(err.toString()).contains("which is how the loop signs");
  }

  @Test
  void neverActivatesAReleaseOfTheOldLineageThatCommitsAfterTheRollback() throws Exception {
    long lineage = head().lineage();
    List<Long> versions = releases(lineage, 2);
    run("promote", text(versions, 0));
    run("promote", text(versions, 1));
    try (KafkaProducer<byte[], byte[]> trainer = producer("trainer")) {
      trainer.initTransactions();
      trainer.beginTransaction();
      long late =
          trainer.send(ReleaseRecords.of(platform.serdes(), "late", lineage, 9)).get().offset();
      assertThat(run("rollback", "--to-offset", text(versions, 0))).isEqualTo(ExitCode.OK);
      trainer.commitTransaction();

      assertThat(run("promote", "" + late)).isEqualTo(ExitCode.FAILED);
      assertThat(run("canary", "" + late, "--percent", "1")).isEqualTo(ExitCode.FAILED);
      assertThat(err.toString()).contains("release " + late + " is of lineage " + lineage);
      assertThat(head().activeVersion()).isEqualTo(versions.get(0));
      long fresh = releases(head().lineage(), 1).get(0);
      assertThat(run("promote", "" + fresh)).isEqualTo(ExitCode.OK);
    }
  }

  private List<Verdict> race(List<Long> versions, long seen) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService operators = Executors.newFixedThreadPool(2);
    try {
      List<Future<Verdict>> both = new ArrayList<>();
      for (int operator = 0; operator < 2; operator++) {
        ControlAction action = operator == 0 ? ControlAction.ROLLBACK : ControlAction.FREEZE;
        String who = "operator-" + operator;
        both.add(
            operators.submit(
                () -> {
                  try (ControlWriter writer =
                      new ControlWriter(
                          platform.bootstrapServers(), platform.serdes(), InstantSource.system())) {
                    start.await();
                    return writer.decide(action, versions.get(0), who, "a race", seen);
                  }
                }));
      }
      return List.of(both.get(0).get(), both.get(1).get());
    } finally {
      operators.shutdownNow();
    }
  }

  private void decide(ControlAction action, long version, String who) {
    try (ControlWriter writer =
        new ControlWriter(platform.bootstrapServers(), platform.serdes(), InstantSource.system())) {
      assertThat(writer.decide(action, version, who, "a test", head().headOffset()).effective())
          .isTrue();
    }
  }

  private static long headOf(PolicyHistory history) {
    return history.control().head().headOffset();
  }

  private PolicyHead head() {
    return PolicyHistory.read(platform.bootstrapServers(), platform.serdes()).control().head();
  }

  private List<Long> releases(long lineage, int count) throws Exception {
    return ReleaseRecords.publish(platform.bootstrapServers(), platform.serdes(), lineage, count);
  }

  private KafkaProducer<byte[], byte[]> producer(String transactionalId) {
    return new KafkaProducer<>(
        platform
            .bootstrapServers()
            .with(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId)),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static String text(List<Long> versions, int index) {
    return Long.toString(versions.get(index));
  }

  private int run(String... arguments) {
    CommandLine line =
        Main.commandLine(Settings.of(new String[0]))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("policy"));
    all.addAll(List.of(arguments));
    all.add("--bootstrap=" + platform.bootstrapServers());
    all.add("--registry=" + platform.serdes().registryUrl());
    return line.execute(all.toArray(String[]::new));
  }
}
