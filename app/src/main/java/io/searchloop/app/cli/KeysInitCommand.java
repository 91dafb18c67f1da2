package io.searchloop.app.cli;

import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop keys init}. */
@Command(
    name = "init",
    description = {
      "Makes a signing key that only you may read, and adds its public half to a file of trusted"
          + " keys. The private half is never printed, and no file is overwritten."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "To rotate: make a second key with the same --trusted-keys, hand that file to every worker,",
      "let the trainer sign with the new key, then write not-after=VERSION behind the old one.",
      "",
      "Examples:",
      "  ./searchloop keys init",
      "  ./searchloop keys init --signing-key keys/2027.pem --comment 2027"
    })
final class KeysInitCommand implements Callable<Integer> {
  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      defaultValue = "keys/signing-key.pem",
      description = "New file of the private key (default: ${DEFAULT-VALUE}).")
  private Path signingKey = Path.of("keys", "signing-key.pem");

  @Option(
      names = "--trusted-keys",
      paramLabel = "FILE",
      defaultValue = "keys/trusted-keys",
      description = "File that the public key is added to (default: ${DEFAULT-VALUE}).")
  private Path trustedKeys = Path.of("keys", "trusted-keys");

  @Option(
      names = "--comment",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Words beside the public key.")
  private String comment = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    for (Path file : new Path[] {signingKey, trustedKeys}) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    }
    SigningKey key = SigningKey.generate(new SecureRandom());
    key.write(signingKey);
    TrustedKeys.append(trustedKeys, key.trusted().named(comment));
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Key %s%n", key.trusted().id());
    out.printf("  trainer: trainer.signing-key=%s%n", signingKey);
    out.printf("  workers: serving.trusted-keys=%s%n", trustedKeys);
    return ExitCode.OK;
  }
}
