package io.searchloop.app.cli;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.PolicyImporter;
import io.searchloop.app.transfer.ReleaseImport;
import io.searchloop.app.transfer.ReleaseImport.Moved;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.policy.signing.ReleaseSigner;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.policy.transfer.ReleaseFile;
import io.searchloop.trainer.PolicyImport.Imported;
import io.searchloop.trainer.publish.SigningSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code searchloop policy import}: a policy directory or another cluster's release comes in. */
@Command(
    name = "import",
    description = {
      "Publishes a policy directory in the data directory of a loop that is not running: as its first"
          + " version, or as the next one when tokenizer and dimensions are the same. The release gate"
          + " decides as it does for every release.",
      "Or publishes a release that policy export wrote, in such a directory or in a cluster: under the"
          + " same release id, so importing it again changes nothing; judged by the gate it passed;"
          + " signed anew. A trainer that runs is fenced: stop it first, start it after."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop policy import policies/homedepot --data-dir data/homedepot",
      "  ./searchloop demo --dataset data/datasets/homedepot --data-dir data/homedepot",
      "  ./searchloop policy import 4.release --data-dir data/new --source-keys old/trusted-keys",
      "  ./searchloop policy import 4.release --bootstrap kafka:9092 --registry http://registry:8082 \\",
      "    --signing-key keys/signing-key.pem --source-keys old/trusted-keys"
    })
final class PolicyImportCommand implements Callable<Integer> {
  private static final String UNSIGNED = "unsigned";

  private final Settings settings;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Parameters(
      paramLabel = "DIR|FILE",
      description = "Policy directory, as train leaves it, or file of policy export.")
  private @Nullable Path source;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Data directory of a loop that is not running; made when missing.")
  private @Nullable Path dataDirectory;

  @Option(
      names = "--source-keys",
      paramLabel = "FILE",
      description =
          "Trusted keys of the cluster a FILE comes from, or unsigned (default: those of the data"
              + " directory).")
  private @Nullable String sourceKeys;

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description = "Key of the cluster that takes a FILE in, or none (default: the directory's).")
  private @Nullable String signingKey;

  @Spec private CommandSpec spec = CommandSpec.create();

  PolicyImportCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    if (source == null) {
      throw new IllegalStateException("picocli requires DIR|FILE");
    }
    if (Files.isRegularFile(source)) {
      ReleaseFile file = read(source);
      return dataDirectory == null ? intoCluster(file) : intoDirectory(file, dataDirectory);
    }
    if (dataDirectory == null || sourceKeys != null || signingKey != null) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is no file. A policy directory takes --data-dir, of a loop that is not running, and no keys."
              .formatted(source));
    }
    return policy(source, dataDirectory);
  }

  private int policy(Path directory, Path data) {
    logInto(data);
    PolicyDirectory policy = PolicyDirectory.open(directory);
    Imported imported = importer(data).run(policy);
    PrintWriter out = spec.commandLine().getOut();
    if (!imported.refused().isEmpty()) {
      out.println("The release gate refuses the policy: " + imported.refused());
      return ExitCode.FAILED;
    }
    out.println("Imported as version " + imported.version() + " of " + data + ".");
    return ExitCode.OK;
  }

  private int intoDirectory(ReleaseFile file, Path data) {
    if (signingKey != null) {
      throw new ParameterException(
          spec.commandLine(), "--signing-key goes with a cluster; a data directory has its own.");
    }
    logInto(data);
    return say(importer(data).move(file, Optional.ofNullable(sourceKeys).map(this::trusted)), file);
  }

  private int intoCluster(ReleaseFile file) {
    if (signingKey == null || sourceKeys == null) {
      throw new ParameterException(
          spec.commandLine(),
          "A FILE goes into a cluster with --signing-key and --source-keys, or into --data-dir."
              + " Releases that nobody signs take --signing-key none, unsigned ones --source-keys"
              + " unsigned.");
    }
    ReleaseSigner signer = new SigningSettings(signingKey).signer();
    return say(
        new ReleaseImport(connection.brokers(), connection.serdes(), signer, trusted(sourceKeys))
            .take(file),
        file);
  }

  private int say(Moved moved, ReleaseFile file) {
    PrintWriter out = spec.commandLine().getOut();
    if (moved.known()) {
      out.printf(
          "Release %s is version %d here already; nothing was written.%n",
          moved.manifest().releaseId(), moved.version());
      return ExitCode.OK;
    }
    out.printf(
        "Release %s, version %d of cluster %s, is version %d here: step %d, lineage %d, parent %s.%n",
        moved.manifest().releaseId(),
        file.source().version(),
        file.source().cluster(),
        moved.version(),
        moved.manifest().step(),
        moved.manifest().lineage(),
        moved.manifest().parentVersion() < 0 ? "none" : moved.manifest().parentVersion());
    out.printf(
        "It is served once it is promoted: by the health job, or ./searchloop policy promote %d%n",
        moved.version());
    return ExitCode.OK;
  }

  private PolicyImporter importer(Path data) {
    LoopSettings loop = LoopSettings.of(settings.values(), true);
    return new PolicyImporter(data, loop, InstantSource.system());
  }

  private TrustedKeys trusted(String keys) {
    return keys.equals(UNSIGNED) ? TrustedKeys.UNSIGNED : TrustedKeys.read(Path.of(keys));
  }

  private static ReleaseFile read(Path file) {
    return ReleaseFile.read(file.toString(), WholeFile.read(file));
  }

  /** Read by logback.xml when the first logger is made, which is after this. */
  private static void logInto(Path data) {
    System.setProperty("searchloop.log", data.resolve("searchloop.log").toString());
  }
}
