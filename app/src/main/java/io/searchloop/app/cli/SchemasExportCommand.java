package io.searchloop.app.cli;

import io.searchloop.app.schemas.RegistryCopy;
import io.searchloop.app.schemas.SchemaBackup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop schemas export}. */
@Command(
    name = "export",
    description = "Writes every subject's versions with their ids to a file.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./searchloop schemas export --out schemas.json"})
final class SchemasExportCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the schemas go; replaced when it is there.")
  private Path out = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    SchemaBackup backup = new RegistryCopy(connection.serdes().client()).read();
    WholeFile.write(out, backup.toJson());
    spec.commandLine().getOut().printf("%d schemas are in %s.%n", backup.schemas().size(), out);
    return ExitCode.OK;
  }
}
