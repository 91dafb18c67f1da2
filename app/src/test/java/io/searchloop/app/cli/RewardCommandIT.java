package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.app.log.RewardConfigLog;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The reward commands on a real topic. */
class RewardCommandIT {
  private static final LoopSettings SETTINGS =
      LoopSettings.of(
          Map.of("broker.port", "0", "broker.controller-port", "0", "registry.port", "0"), false);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @Test
  void schedulesAChangeOfTheLastConfigurationAndListsWhichIsInForce() {
    try (Platform platform = Platform.start(directory, SETTINGS)) {
      try (TopicAdmin admin = new TopicAdmin(platform.bootstrapServers(), "", 1)) {
        admin.ensure(Topics.ALL);
        admin.registerSchemas(platform.serdes().client(), Topics.ALL);
      }
      RewardConfig first =
          RewardConfig.newBuilder().setEffectiveFrom(Instant.EPOCH).setPurchase(7).build();
      RewardConfigLog.append(platform.bootstrapServers(), platform.serdes(), first);

      assertThat(run(platform, "set", "--click", "2", "--effective-from", "PT5M", "--yes"))
          .isEqualTo(ExitCode.OK);
      assertThat(out.toString()).contains("click: 1.0 -> 2.0").contains("Written at offset 1");

      assertThat(run(platform, "set", "--click", "3", "--effective-from", "PT1S", "--yes"))
          .isEqualTo(ExitCode.FAILED);
      assertThat(err.toString()).contains("expected at least PT30S ahead");

      var configs =
          RewardConfigLog.read(platform.bootstrapServers(), platform.serdes()).schedule().configs();
      assertThat(configs).hasSize(2);
      assertThat(configs.get(1).getClick()).isEqualTo(2);
      assertThat(configs.get(1).getPurchase()).isEqualTo(7);

      assertThat(run(platform, "list")).isEqualTo(ExitCode.OK);
      assertThat(out.toString())
          .contains("* 1970-01-01T00:00:00Z")
          .contains("purchase: 10.0 -> 7.0");
    }
  }

  private int run(Platform platform, String... arguments) {
    CommandLine line =
        new CommandLine(new RewardCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--bootstrap=" + platform.bootstrapServers();
    all[arguments.length + 1] = "--registry=" + platform.serdes().registryUrl();
    return line.execute(all);
  }
}
