package io.searchloop.app.cli;

import io.searchloop.app.log.RewardConfigLog;
import io.searchloop.app.reward.RewardChange;
import io.searchloop.schemas.RewardConfig;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop reward list}. */
@Command(
    name = "list",
    description = "Every reward configuration, when it takes effect, and which is in force.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./searchloop reward list --output json"})
final class RewardListCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    RewardConfigLog log = RewardConfigLog.read(connection.brokers(), connection.serdes());
    Instant now = InstantSource.system().instant();
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(output.json(json(log, now)));
    } else {
      print(out, log, now);
    }
    out.flush();
    return ExitCode.OK;
  }

  static void print(PrintWriter out, RewardConfigLog log, Instant now) {
    RewardConfig inForce = log.schedule().at(now.toEpochMilli());
    RewardConfig before = RewardConfig.newBuilder().build();
    for (RewardConfig config : log.schedule().configs()) {
      out.printf(
          "%1s %-24s %s%n",
          config.equals(inForce) ? "*" : "", config.getEffectiveFrom(), config.getName());
      RewardChange.differences(before, config).forEach(line -> out.println("    " + line));
      before = config;
    }
    log.refused()
        .forEach(
            config ->
                out.printf(
                    "  %-24s %s REFUSED, see the dead letters%n",
                    config.getEffectiveFrom(), config.getName()));
    out.println(
        "* in force. The first is shown against the defaults, each other against the last.");
  }

  private static Map<String, Object> json(RewardConfigLog log, Instant now) {
    return new TreeMap<>(
        Map.of(
            "in_force", RewardChange.values(log.schedule().at(now.toEpochMilli())),
            "configs", values(log.schedule().configs()),
            "refused", values(log.refused())));
  }

  private static List<Map<String, String>> values(List<RewardConfig> configs) {
    List<Map<String, String>> values = new ArrayList<>();
    configs.forEach(config -> values.add(RewardChange.values(config)));
    return values;
  }
}
