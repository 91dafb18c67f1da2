package io.searchloop.app.cli;

import io.searchloop.app.schemas.RegistryCopy;
import io.searchloop.app.schemas.SchemaBackup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code searchloop schemas import}. */
@Command(
    name = "import",
    description = {
      "Gives an empty registry the schemas of a file, under the ids and versions they had.",
      "A registry that knows any other schema is left as it is: ids may be taken."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Stop what writes before, and let nothing register until it is done.",
      "",
      "Example:",
      "  ./searchloop schemas import schemas.json --registry http://registry:8082"
    })
final class SchemasImportCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Parameters(paramLabel = "FILE", description = "File of schemas export.")
  private @Nullable Path file;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (file == null) {
      throw new IllegalStateException("picocli requires FILE");
    }
    SchemaBackup backup = SchemaBackup.read(file.toString(), WholeFile.read(file));
    int written = new RegistryCopy(connection.serdes().client()).restore(backup);
    spec.commandLine()
        .getOut()
        .println(
            written == 0
                ? "The registry knows all of them already; nothing was written."
                : written + " schemas were given back under their ids.");
    return ExitCode.OK;
  }
}
