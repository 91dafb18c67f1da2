package io.searchloop.app.cli;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.transfer.ReleaseExport;
import io.searchloop.policy.transfer.ReleaseFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop policy export}: a release becomes a file. */
@Command(
    name = "export",
    description =
        "Writes a release to a file that another cluster can import: manifest and signature as they"
            + " are, artifact and tokenizer whole. One release has one file, byte by byte.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop policy export --policy latest --out latest.release",
      "  ./searchloop policy export --policy 4 --out 4.release --data-dir data/marketplace"
    })
final class PolicyExportCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--policy",
      paramLabel = "latest|OFFSET",
      defaultValue = ReleaseExport.LATEST,
      description = "What workers serve, or a policy version (default: ${DEFAULT-VALUE}).")
  private String policy = ReleaseExport.LATEST;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the release goes; replaced when it is there.")
  private Path out = Path.of("");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Data directory of a stopped loop; its broker is started for the export.")
  private @Nullable Path dataDirectory;

  @Spec private CommandSpec spec = CommandSpec.create();

  PolicyExportCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    ReleaseFile file =
        dataDirectory == null
            ? new ReleaseExport(connection.brokers(), connection.serdes()).of(policy)
            : stopped(dataDirectory);
    byte[] bytes = file.toBytes();
    WholeFile.write(out, bytes);
    spec.commandLine()
        .getOut()
        .printf(
            "Release %s, version %d of cluster %s, is in %s (%,d bytes).%n",
            file.manifest().releaseId(),
            file.source().version(),
            file.source().cluster(),
            out,
            bytes.length);
    return ExitCode.OK;
  }

  private ReleaseFile stopped(Path directory) {
    try (Platform platform =
        Platform.ofStopped(directory, LoopSettings.of(settings.values(), false))) {
      return new ReleaseExport(platform.bootstrapServers(), platform.serdes()).of(policy);
    }
  }
}
