package io.searchloop.app.cli;

import io.searchloop.app.audit.Audit;
import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop audit}. */
@Command(
    name = "audit",
    description =
        "Proves on the topics that no event was lost or counted twice and that every minibatch"
            + " trained exactly once.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop audit                                 a running loop",
      "  ./searchloop audit --data-dir data/marketplace     a stopped one",
      "  ./searchloop audit --output json"
    })
final class AuditCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Data directory of a stopped loop; its broker is started for the audit.")
  private @Nullable Path dataDirectory;

  @Spec private CommandSpec spec = CommandSpec.create();

  AuditCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    LoopSettings loop = LoopSettings.of(settings.values(), false);
    AuditReport report = dataDirectory == null ? live() : stopped(dataDirectory, loop);
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(output.json(report));
    } else {
      print(out, report);
    }
    return report.clean() ? ExitCode.OK : ExitCode.FAILED;
  }

  private AuditReport live() {
    return new Audit(connection.brokers(), connection.serdes(), KafkaMinibatchSource.GROUP).run();
  }

  private static AuditReport stopped(Path directory, LoopSettings loop) {
    try (Platform platform = Platform.ofStopped(directory, loop)) {
      return new Audit(platform.bootstrapServers(), platform.serdes(), KafkaMinibatchSource.GROUP)
          .run();
    }
  }

  static void print(PrintWriter out, AuditReport report) {
    out.printf(
        "%-24s %9s %9s %9s %11s %8s %6s %6s %11s %8s%n",
        "partition",
        "accepted",
        "joined",
        "duplicate",
        "quarantined",
        "dangling",
        "erased",
        "late",
        "dead letter",
        "pending");
    report
        .partitions()
        .forEach(
            (name, row) ->
                out.printf(
                    "%-24s %9d %9d %9d %11d %8d %6d %6d %11d %8d%n",
                    name,
                    row.get("accepted"),
                    row.get("joined"),
                    row.get("duplicate"),
                    row.get("quarantined"),
                    row.get("dangling"),
                    row.get("erased"),
                    row.get("late"),
                    row.get("dead_letter"),
                    row.get("pending")));
    out.printf(
        "Checkpoint %d: the oracle expects %d tuples (%d base, %d corrections).%n",
        report.checkpointId(),
        report.tuples(),
        report.baseTuples(),
        report.tuples() - report.baseTuples());
    out.printf(
        "%d records of condemned visitors were quarantined, %d corrections took back what they had earned.%n",
        report.quarantined(), report.retractions());
    out.printf(
        "Searches priced by the engine alone: %d, unanswered %d, pending %d.%n",
        report.engine().priced(), report.engine().unavailable(), report.engine().pending());
    out.printf(
        "%d releases and refusals account for %d minibatches.%n",
        report.releases(), report.minibatches());
    report.notes().forEach(note -> out.println("Note: " + note));
    report.violations().forEach(violation -> out.println("VIOLATION: " + violation));
    out.println(
        report.clean()
            ? "Clean: nothing lost, nothing counted twice, each minibatch trained once."
            : report.violations().size() + " violations.");
    out.flush();
  }
}
