package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.launcher.EmbeddedLoop;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.SmallShop;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.testkit.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Traces of a loop that ran and was stopped. */
class TraceCommandIT {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> settings = SmallShop.values(5, Map.of());
  @TempDir Path directory;

  @Test
  void leadsFromASearchToItsReleaseRewardsAndTheMinibatchesThatLearnedFromIt() throws Exception {
    Decision decision = decisionThatWasLearnedFrom();

    assertThat(run(decision.getQueryId())).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .startsWith("search " + decision.getQueryId())
        .contains("├─ decisions", "├─ release " + decision.getPolicyVersion(), "├─ tuples (")
        .contains("└─ learned from it (", decision.getCandidates().get(0).getRolloutId())
        .doesNotContain(decision.getQuery());

    assertThat(run(decision.getQueryId(), "--output", "json")).isEqualTo(ExitCode.OK);
    JsonNode trace = new ObjectMapper().readTree(out.toString());
    assertThat(trace.at("/decisions/0/policy_version").longValue())
        .isEqualTo(decision.getPolicyVersion());
    assertThat(trace.at("/decisions/0/query").textValue()).isEmpty();
    JsonNode release = trace.get("release");
    assertThat(release.get("version").longValue()).isEqualTo(decision.getPolicyVersion());
    assertThat(release.get("ancestors")).isNotEmpty();
    long accounted = release.get("trained_minibatches").longValue();
    for (JsonNode refused : release.get("refused_minibatches")) {
      accounted += refused.longValue();
    }
    assertThat(trace.get("trained_on")).hasSize((int) accounted);
    assertThat(trace.get("events")).isNotEmpty();
    assertThat(trace.at("/tuples/0/sequence").intValue()).isZero();
    assertThat(trace.at("/learned_from/0/members/0/rollout_id").textValue())
        .startsWith(decision.getQueryId());

    assertThat(run(decision.getQueryId(), "--show-query")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("query: " + decision.getQuery());

    exportsRewritesOfTheSameLoop();

    assertThat(run("unheard-of")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .contains("No decision has the id unheard-of. Searched, in records:")
        .contains(Topics.DECISIONS.name());
  }

  /** Shares the loop, which takes longer to run than to read. */
  private void exportsRewritesOfTheSameLoop() throws Exception {
    Path rules = directory.resolve("synonyms.txt");

    assertThat(
            execute(
                "rewrites",
                "export",
                "--format",
                "synonyms",
                "--min-searches",
                "2",
                "--out",
                rules.toString()))
        .isEqualTo(ExitCode.OK);

    assertThat(out.toString()).contains(" rules in " + rules, "Searches left out: {");
    assertThat(Files.readString(rules)).startsWith("# Rewrites that earned more");
  }

  /** A search of a trained release, in a minibatch. */
  private Decision decisionThatWasLearnedFrom() {
    LoopSettings loopSettings = LoopSettings.of(settings, false);
    try (EmbeddedLoop loop =
        EmbeddedLoop.start(
            directory.resolve("data"),
            directory.resolve("warm-starts"),
            loopSettings,
            GeneratedMarketplace.generate(loopSettings.marketplace()),
            InstantSource.system(),
            stage -> {})) {
      loop.openShop();
      return Eventually.decided(() -> find(loop));
    }
  }

  private static Optional<Decision> find(EmbeddedLoop loop) {
    if (loop.worker().step() == 0) {
      return Optional.empty();
    }
    List<Located<Minibatch>> minibatches =
        TopicLog.readAll(Topics.MINIBATCHES, loop.bootstrapServers(), loop.serdes());
    Set<String> learned =
        minibatches.stream()
            .flatMap(minibatch -> minibatch.value().getGroups().stream())
            .flatMap(group -> group.getMembers().stream())
            .map(member -> member.getRolloutId())
            .collect(Collectors.toSet());
    Optional<RewardTuple> tuple =
        TopicLog.readAll(Topics.REWARDS, loop.bootstrapServers(), loop.serdes()).stream()
            .map(Located::value)
            .filter(found -> found.getSequence() == 0 && found.getReward() > 0)
            .filter(found -> found.getStep() > 0 && learned.contains(found.getRolloutId()))
            .findFirst();
    return tuple.flatMap(
        found ->
            TopicLog.readAll(Topics.DECISIONS, loop.bootstrapServers(), loop.serdes()).stream()
                .map(Located::value)
                .filter(decision -> decision.getQueryId().equals(found.getQueryId()))
                .findFirst());
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "trace";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return execute(all);
  }

  private int execute(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line =
        Main.commandLine(new Settings(List.of(), settings))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--data-dir";
    all[arguments.length + 1] = directory.resolve("data").toString();
    return line.execute(all);
  }
}
