package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.launcher.Groundwork;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.train.TinyTraining;
import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.MovedRelease;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicyDelta;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.streams.ServingConfig;
import io.searchloop.streams.ServingWorker;
import io.searchloop.testkit.Eventually;
import io.searchloop.trainer.publish.PolicyPublisher;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Releases of one cluster served in another, and workers that lost everything they had: they know
 * no more than the topics do.
 */
class PolicyMoveIT {
  private static final LoopSettings SETTINGS =
      LoopSettings.of(
          Map.of("broker.port", "0", "broker.controller-port", "0", "registry.port", "0"), false);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** {@code doc_string} of a model, appended: another graph that answers alike. */
  private static final byte[] REMARK = {0x32, 1, 'x'};

  private final SigningKey ofSource = SigningKey.generate(new SecureRandom());
  private final SigningKey ofTarget = SigningKey.generate(new SecureRandom());
  private final Dataset shop = TinyTraining.shop();
  private final StringWriter said = new StringWriter();
  @TempDir Path directory;

  @Test
  void aReleaseIsExportedImportedOnceAndServedAndLostWorkersObeyWhatWasDecidedMeanwhile()
      throws Exception {
    keys();
    List<Path> files = exportTwoReleases();

    try (Platform target = Platform.start(directory.resolve("target"), SETTINGS)) {
      Groundwork groundwork = new Groundwork(target.bootstrapServers(), target.serdes());
      groundwork.layTopics(1);
      groundwork.publish(shop, SETTINGS.reward());

      refusesWhatIsNotVouchedFor(target, files.get(1));
      long first = importOnce(target, files.get(0));
      long next = importOnce(target, files.get(1));
      saysWhereItComesFrom(target, first, next);

      assertThat(run(target, "promote", "" + next)).isEqualTo(ExitCode.OK);
      assertThat(servedByAFreshWorker(target)).isEqualTo(next);
      // No worker is left, and nothing of it: what is decided now must hold for the next.
      assertThat(run(target, "rollback", "--to-offset", "" + first)).isEqualTo(ExitCode.OK);
      assertThat(run(target, "freeze")).isEqualTo(ExitCode.OK);
      assertThat(run(target, "promote", "" + next)).isEqualTo(ExitCode.FAILED);
      assertThat(servedByAFreshWorker(target)).isEqualTo(first);
    }
  }

  /** A keyframe and a delta upon it, behind a release that moves their offsets. */
  private List<Path> exportTwoReleases() throws Exception {
    byte[] artifact = trained();
    PolicyArtifact read = PolicyArtifact.read(artifact);
    byte[] graph = Arrays.copyOf(read.onnx(), read.onnx().length + REMARK.length);
    System.arraycopy(REMARK, 0, graph, read.onnx().length, REMARK.length);
    byte[] other = new PolicyArtifact(read.spec(), read.tokenizer(), graph).toBytes();
    List<Path> files =
        List.of(directory.resolve("first.release"), directory.resolve("next.release"));
    try (Platform source = Platform.start(directory.resolve("source"), SETTINGS)) {
      new Groundwork(source.bootstrapServers(), source.serdes()).layTopics(1);
      long first;
      try (PolicyPublisher publisher =
          PolicyPublisher.connect(
              source.bootstrapServers(),
              source.serdes(),
              ofSource,
              () -> new ConsumerGroupMetadata("test"))) {
        publisher.open();
        publisher.release(manifest("before", new byte[1], 0), new byte[1], OptionalLong.empty());
        first = publisher.release(manifest("moved-0", artifact, 0), artifact, OptionalLong.empty());
        byte[] delta = PolicyDelta.encode(artifact, List.of(), other, List.of());
        ReleaseBase base = new ReleaseBase(first, Sha256.of(artifact), 1, delta.length);
        publisher.release(
            manifest("moved-1", other, 7).onBase(base, 1), delta, OptionalLong.empty());
      }
      assertThat(run(source, "export", "--policy", "" + first, "--out", "" + files.get(0)))
          .isEqualTo(ExitCode.OK);
      assertThat(run(source, "export", "--out", "" + files.get(1))).isEqualTo(ExitCode.OK);
      Path again = directory.resolve("again.release");
      assertThat(run(source, "export", "--out", "" + again)).isEqualTo(ExitCode.OK);
      assertThat(again).hasSameBinaryContentAs(files.get(1));
    }
    return files;
  }

  private void refusesWhatIsNotVouchedFor(Platform target, Path file) throws Exception {
    assertThat(move(target, file, "target-keys")).isEqualTo(ExitCode.FAILED);
    assertThat(said.toString()).contains("is not trusted");
    Path half = directory.resolve("half.release");
    byte[] whole = Files.readAllBytes(file);
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    assertThat(move(target, half, "source-keys")).isEqualTo(ExitCode.FAILED);
    assertThat(said.toString()).contains("half.release");
    assertThat(history(target).releases()).isEmpty();
  }

  private long importOnce(Platform target, Path file) throws Exception {
    int before = history(target).releases().size();
    assertThat(move(target, file, "source-keys")).isEqualTo(ExitCode.OK);
    assertThat(said.toString()).contains("policy promote");
    assertThat(move(target, file, "source-keys")).isEqualTo(ExitCode.OK);
    assertThat(said.toString()).contains("nothing was written");
    List<PolicyHistory.Release> releases = history(target).releases();
    assertThat(releases).hasSize(before + 1);
    return releases.get(before).version();
  }

  private void saysWhereItComesFrom(Platform target, long first, long next) {
    ReleaseManifest moved = history(target).releases().get(1).manifest();
    assertThat(moved.releaseId()).isEqualTo("moved-1");
    assertThat(moved.parentVersion()).isEqualTo(first);
    assertThat(moved.step()).isEqualTo(7);
    assertThat(moved.provenance().origin()).isEqualTo("moved");
    MovedRelease from = moved.provenance().origins().orElseThrow();
    assertThat(from.version()).isNotEqualTo(next);
    ReleaseManifest there = ReleaseManifest.fromJson(from.manifestBytes());
    assertThat(there.base()).isPresent();
    assertThat(there.provenance().toMinibatch()).isEqualTo(80);
    assertThat(moved.provenance().toMinibatch()).isZero();
  }

  private long servedByAFreshWorker(Platform target) throws Exception {
    ConfigBinder settings =
        new ConfigBinder(
            Map.of(
                "serving.port", "0",
                "serving.drain", "PT1S",
                "serving.trusted-keys", directory.resolve("target-keys").toString()));
    try (ServingWorker worker =
        new ServingWorker(
            settings.bind("serving", ServingConfig.class),
            target.bootstrapServers(),
            target.serdes(),
            InstantSource.system(),
            new SplittableRandom(1))) {
      worker.start();
      worker.awaitReady(PATIENCE);
      long active = history(target).control().head().activeVersion();
      return Eventually.present(
          () -> Optional.of(worker.status().activeVersion()).filter(version -> version == active));
    }
  }

  private byte[] trained() {
    Path out = directory.resolve("policy");
    assertThat(TinyTraining.run(shop, out, Map.of("train.steps", "2")).run().refused()).isEmpty();
    return PolicyDirectory.open(out).artifact().toBytes();
  }

  private static ReleaseManifest manifest(String id, byte[] artifact, long step) {
    return new ReleaseManifest(
        ReleaseManifest.FORMAT,
        id,
        -1,
        -1,
        step,
        ArtifactChunks.split(artifact).size(),
        artifact.length,
        Sha256.of(artifact),
        "",
        new PolicyProvenance("training", 72, 80, 8, Map.of(), Map.of(), Map.of(), "test", 0));
  }

  private void keys() throws Exception {
    ofTarget.write(directory.resolve("signing-key"));
    TrustedKeys.append(directory.resolve("source-keys"), ofSource.trusted());
    TrustedKeys.append(directory.resolve("target-keys"), ofTarget.trusted());
  }

  private int move(Platform target, Path file, String keys) {
    return run(
        target,
        "import",
        file.toString(),
        "--source-keys=" + directory.resolve(keys),
        "--signing-key=" + directory.resolve("signing-key"));
  }

  private static PolicyHistory history(Platform platform) {
    return PolicyHistory.read(platform.bootstrapServers(), platform.serdes());
  }

  private int run(Platform platform, String... arguments) {
    said.getBuffer().setLength(0);
    PrintWriter out = new PrintWriter(said, true);
    CommandLine line = Main.commandLine(Settings.of(new String[0])).setOut(out).setErr(out);
    line.setExecutionExceptionHandler(
        (e, command, result) -> {
          out.println(e.getMessage());
          return ExitCode.FAILED;
        });
    List<String> all = new ArrayList<>(List.of("policy"));
    all.addAll(Arrays.asList(arguments));
    all.add("--bootstrap=" + platform.bootstrapServers());
    all.add("--registry=" + platform.serdes().registryUrl());
    return line.execute(all.toArray(String[]::new));
  }
}
