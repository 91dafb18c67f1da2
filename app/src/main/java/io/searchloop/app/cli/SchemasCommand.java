package io.searchloop.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop schemas}: what a registry knows, out of it and into an empty one. */
@Command(
    name = "schemas",
    description = "Writes a registry's schemas to a file, and gives them to an empty registry.",
    mixinStandardHelpOptions = true,
    subcommands = {SchemasExportCommand.class, SchemasImportCommand.class},
    footer = {
      "",
      "Records name their schema by its id: a registry that was lost must come back with the same.",
      "",
      "Examples:",
      "  ./searchloop schemas export --out schemas.json",
      "  ./searchloop schemas import schemas.json --registry http://registry:8082"
    })
final class SchemasCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
