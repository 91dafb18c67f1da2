package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.app.log.ControlWriter;
import io.searchloop.policy.release.PolicyDelta;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.signing.ReleaseSigner;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.Topics;
import io.searchloop.trainer.publish.PolicyPublisher;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Pruning on real topics: what is kept can be served, what is not is gone, and the list says so.
 */
class PolicyPruneCommandIT {
  private static final LoopSettings SETTINGS =
      LoopSettings.of(
          Map.of("broker.port", "0", "broker.controller-port", "0", "registry.port", "0"), false);

  private final List<Long> versions = new ArrayList<>();
  private StringWriter out = new StringWriter();

  @TempDir Path directory;

  @Test
  void freesWhatNobodyNeedsAndKeepsTheBasesOfWhatIsServed() {
    try (Platform platform = Platform.start(directory, SETTINGS)) {
      try (TopicAdmin admin = new TopicAdmin(platform.bootstrapServers(), "", 1)) {
        admin.ensure(Topics.ALL);
        admin.registerSchemas(platform.serdes().client(), Topics.ALL);
      }
      publish(platform);
      try (ControlWriter control =
          new ControlWriter(
              platform.bootstrapServers(), platform.serdes(), InstantSource.system())) {
        control.decide(ControlAction.PROMOTE, versions.get(3), "test", "", -1);
      }

      assertThat(run(platform, "prune", "--keep", "1", "--dry-run")).isEqualTo(ExitCode.OK);
      assertThat(out.toString()).contains("Would free").contains("of 1 releases; 4 are kept");
      run(platform, "list", "--chunks");
      assertThat(out.toString()).doesNotContain("pruned");

      assertThat(run(platform, "prune", "--keep", "1")).isEqualTo(ExitCode.OK);
      assertThat(out.toString()).contains("Freed");

      run(platform, "list", "--chunks");
      List<String> lines =
          out.toString().lines().filter(line -> line.contains("training")).toList();
      assertThat(lines).hasSize(5);
      assertThat(lines.get(1)).contains("keyframe, pruned");
      assertThat(lines.get(2)).contains("keyframe, whole");
      assertThat(lines.get(3)).contains("delta upon " + versions.get(2) + ", whole");
      assertThat(lines.get(4)).contains("keyframe, whole");
    }
  }

  /** Keyframes, but the fourth, which is a delta upon the third. */
  private void publish(Platform platform) {
    try (PolicyPublisher publisher =
        PolicyPublisher.connect(
            platform.bootstrapServers(),
            platform.serdes(),
            ReleaseSigner.UNSIGNED,
            () -> new ConsumerGroupMetadata("test"))) {
      publisher.open();
      for (int step = 0; step < 5; step++) {
        byte[] artifact = {1, 2, 3, (byte) step};
        ReleaseManifest manifest = manifest(artifact, step);
        byte[] carried = artifact;
        if (step == 3) {
          byte[] base = {1, 2, 3, 2};
          carried = PolicyDelta.encode(base, List.of(), artifact, List.of());
          manifest =
              manifest.onBase(
                  new ReleaseBase(versions.get(2), Sha256.of(base), 1, carried.length), 1);
        }
        versions.add(publisher.release(manifest, carried, OptionalLong.empty()));
      }
    }
  }

  private static ReleaseManifest manifest(byte[] artifact, int step) {
    return new ReleaseManifest(
        ReleaseManifest.FORMAT,
        "r" + step,
        -1,
        -1,
        step,
        1,
        artifact.length,
        Sha256.of(artifact),
        "",
        new PolicyProvenance("training", 0, 0, 0, Map.of(), Map.of(), Map.of(), "test", 0));
  }

  private int run(Platform platform, String... arguments) {
    out = new StringWriter();
    CommandLine line =
        Main.commandLine(Settings.of(new String[0])).setOut(new PrintWriter(out, true));
    List<String> all = new ArrayList<>(List.of("policy"));
    all.addAll(Arrays.asList(arguments));
    all.add("--bootstrap=" + platform.bootstrapServers());
    all.add("--registry=" + platform.serdes().registryUrl());
    return line.execute(all.toArray(String[]::new));
  }
}
