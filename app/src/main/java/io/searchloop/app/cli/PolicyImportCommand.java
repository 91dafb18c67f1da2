package io.searchloop.app.cli;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.PolicyImporter;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.trainer.PolicyImport.Imported;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code searchloop policy import}: a policy directory becomes a release. */
@Command(
    name = "import",
    description = {
      "Publishes a policy directory in the data directory of a loop that is not running: as its first"
          + " version, or as the next one when tokenizer and dimensions are the same.",
      "The release gate decides as it does for every release."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./searchloop policy import policies/homedepot --data-dir data/homedepot",
      "  ./searchloop demo --dataset ../shared/data/homedepot --data-dir data/homedepot"
    })
final class PolicyImportCommand implements Callable<Integer> {
  private final Settings settings;

  @Parameters(paramLabel = "DIR", description = "Policy directory, as train leaves it.")
  private @Nullable Path directory;

  @Option(
      names = "--data-dir",
      required = true,
      paramLabel = "DIR",
      description = "Data directory of the loop; made when missing.")
  private @Nullable Path dataDirectory;

  @Spec private CommandSpec spec = CommandSpec.create();

  PolicyImportCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    if (directory == null || dataDirectory == null) {
      throw new IllegalStateException("picocli requires DIR and --data-dir");
    }
    // Read by logback.xml when the first logger is made, which is after this line.
    System.setProperty("searchloop.log", dataDirectory.resolve("searchloop.log").toString());
    PolicyDirectory policy = PolicyDirectory.open(directory);
    LoopSettings loop = LoopSettings.of(settings.values(), true);
    Imported imported = new PolicyImporter(dataDirectory, loop, InstantSource.system()).run(policy);
    PrintWriter out = spec.commandLine().getOut();
    if (!imported.refused().isEmpty()) {
      out.println("The release gate refuses the policy: " + imported.refused());
      return ExitCode.FAILED;
    }
    out.println("Imported as version " + imported.version() + " of " + dataDirectory + ".");
    return ExitCode.OK;
  }
}
