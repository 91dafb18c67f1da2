package io.searchloop.app.cli;

import io.searchloop.schemas.privacy.PseudonymFile;
import io.searchloop.schemas.privacy.Pseudonyms;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code searchloop privacy key}. */
@Command(
    name = "key",
    description = {
      "Makes a key that turns visitors' names into pseudonyms, in a file that only you may read.",
      "Where the file exists, adds a key that replaces the last one after a while: time to hand the"
          + " file to every door. No key is printed, none is removed."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "To rotate: run it again, hand the file to workers and storefronts before the new key holds,",
      "and delete the old line once reward.long-window has passed: its pseudonyms then mean nothing.",
      "",
      "Examples:",
      "  ./searchloop privacy key",
      "  ./searchloop privacy key --file keys/pseudonyms --after PT2H"
    })
final class PrivacyKeyCommand implements Callable<Integer> {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      defaultValue = "keys/pseudonyms",
      description = "File of the keys (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("keys", "pseudonyms");

  @Option(
      names = "--after",
      paramLabel = "DURATION",
      defaultValue = "PT1H",
      description =
          "When a key that is added to others begins to hold (default: ${DEFAULT-VALUE}). The first"
              + " holds at once.")
  private Duration after = Duration.ofHours(1);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (after.isNegative()) {
      throw new ParameterException(
          spec.commandLine(), "--after is %s, expected zero or more.".formatted(after));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    boolean first = Files.notExists(file);
    Instant since =
        first ? Instant.EPOCH : Instant.now().plus(after).truncatedTo(ChronoUnit.SECONDS);
    PseudonymFile.add(file, since, new SecureRandom());
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: %d keys, the newest %s%n",
        file,
        Pseudonyms.of(file.toString()).count(),
        first ? "holds from the start" : "holds from " + since);
    out.printf("  workers:     serving.pseudonym-keys=%s%n", file);
    out.printf("  storefronts: StorefrontSettings.withPseudonyms(Pseudonyms.of(\"%s\"))%n", file);
    out.flush();
    return ExitCode.OK;
  }
}
