package io.searchloop.app.cli;

import io.searchloop.policy.signing.TrustedKey;
import io.searchloop.policy.signing.TrustedKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop keys list}. */
@Command(
    name = "list",
    description =
        "Shows the keys of a file of trusted keys, and up to which version each is trusted.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./searchloop keys list --trusted-keys data/demo/keys/trusted-keys"
    })
final class KeysListCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--trusted-keys",
      paramLabel = "FILE",
      defaultValue = "keys/trusted-keys",
      description = "File of trusted keys (default: ${DEFAULT-VALUE}).")
  private Path trustedKeys = Path.of("keys", "trusted-keys");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    TrustedKeys trusted = TrustedKeys.read(trustedKeys);
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      List<Map<String, Object>> keys =
          trusted.keys().stream()
              .map(
                  key ->
                      Map.<String, Object>of(
                          "id", key.id(), "not_after", key.notAfter(), "comment", key.comment()))
              .toList();
      out.println(output.json(Map.of("keys", keys, "unsigned_until", trusted.unsignedUntil())));
      return ExitCode.OK;
    }
    for (TrustedKey key : trusted.keys()) {
      String until =
          key.notAfter() == TrustedKey.ALWAYS ? "always" : "up to version " + key.notAfter();
      out.printf("%s  %-20s  %s%n", key.id(), until, key.comment());
    }
    if (trusted.unsignedUntil() >= 0) {
      out.printf("unsigned          up to version %d%n", trusted.unsignedUntil());
    }
    return ExitCode.OK;
  }
}
