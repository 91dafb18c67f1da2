package io.searchloop.app.cli;

import io.searchloop.app.doctor.Diagnosis;
import io.searchloop.app.doctor.Doctor;
import io.searchloop.app.doctor.Finding;
import io.searchloop.app.launcher.LoopSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks at everything the loop needs: Java, memory, disk, ports, native libraries, and an"
          + " external Kafka and registry where they are named. Says how to mend what is wrong."
          + " Exit code 1 when something would not run."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop doctor",
      "  ./searchloop doctor --loop.kafka kafka:9092 --loop.registry http://registry:8082",
      "  ./searchloop doctor --loop.partitions 8 --loop.kafka kafka:9092 --output json"
    })
final class DoctorCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where state is to live (default: ${DEFAULT-VALUE}).")
  private Path dataDirectory = Path.of("data");

  @Spec private CommandSpec spec = CommandSpec.create();

  DoctorCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    LoopSettings loop = LoopSettings.of(settings.values(), false);
    Diagnosis diagnosis = new Doctor(loop, dataDirectory, InstantSource.system()).examine();
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(output.json(diagnosis));
    } else {
      diagnosis.findings().forEach(finding -> print(out, finding));
      out.println(diagnosis.healthy() ? "No problem found." : "The loop would not run like this.");
    }
    out.flush();
    return diagnosis.healthy() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void print(PrintWriter out, Finding finding) {
    out.printf(
        "%-8s %-30s %s%n",
        finding.state().name().toLowerCase(Locale.ROOT), finding.check(), finding.found());
    if (!finding.remedy().isEmpty()) {
      out.printf("%-39s %s%n", "", finding.remedy());
    }
  }
}
