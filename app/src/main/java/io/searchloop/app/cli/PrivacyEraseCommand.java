package io.searchloop.app.cli;

import io.searchloop.app.privacy.Eraser;
import io.searchloop.app.privacy.Erasure;
import io.searchloop.app.privacy.ErasureReport;
import io.searchloop.app.privacy.TrailReader;
import io.searchloop.app.privacy.VisitorTrail;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.privacy.Pseudonyms;
import io.searchloop.schemas.serde.Serdes;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop privacy erase}. */
@Command(
    name = "erase",
    description = {
      "Has the reward job forget a visitor: open searches, what they earned and have not told yet,"
          + " conduct, caps. Says when the raw records expire, which versions learned from the"
          + " visitor, and how to go on from one that did not."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when nothing names the visitor, or the erasure was refused or is still pending.",
      "",
      "Examples:",
      "  ./searchloop privacy erase --client 4711 --dry-run",
      "  ./searchloop privacy erase --client 4711 --pseudonym-keys keys/pseudonyms --wait PT5M"
    })
final class PrivacyEraseCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--client",
      required = true,
      paramLabel = "ID",
      description = "The visitor's client_id, or session_id of one without, as the shop knows it.")
  private String client = "";

  @Option(
      names = "--pseudonym-keys",
      paramLabel = "FILE",
      defaultValue = "",
      description = "The workers' serving.pseudonym-keys, where they have any.")
  private String pseudonymKeys = "";

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "PT2M",
      description =
          "How long to wait for a checkpoint that no longer has the visitor (default:"
              + " ${DEFAULT-VALUE}). Event time moves with traffic, reward.lateness behind it.")
  private Duration patience = Duration.ofMinutes(2);

  @Option(names = "--dry-run", description = "Say what there is, and erase nothing.")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Pseudonyms pseudonyms = Pseudonyms.of(pseudonymKeys);
    Brokers brokers = connection.brokers();
    Serdes serdes = connection.serdes();
    VisitorTrail trail =
        new TrailReader(brokers, serdes, this::progress).read(pseudonyms.allOf(client));
    List<Erasure> erasures = List.of();
    if (!dryRun && trail.known()) {
      Eraser eraser = new Eraser(brokers, serdes, InstantSource.system());
      erasures = eraser.erase(trail.names());
      progress("Waiting for the reward job ...");
      erasures = eraser.await(erasures, patience);
    }
    ErasureReport report = ErasureReport.of(brokers, serdes, trail, erasures);
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(output.json(report));
    } else {
      ErasureWords.lines(report).forEach(out::println);
    }
    out.flush();
    return trail.known() && report.done() ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Progress goes beside the answer, so that the answer can be piped. */
  private void progress(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
