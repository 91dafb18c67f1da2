package io.searchloop.app.cli;

import io.searchloop.schemas.access.Person;
import io.searchloop.schemas.access.Users;
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

/** {@code searchloop users list}. */
@Command(
    name = "list",
    description = "Shows the users of a file and their roles, or which line of it is wrong.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./searchloop users list --users keys/users"})
final class UsersListCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--users",
      paramLabel = "FILE",
      defaultValue = UsersCommand.FILE,
      description = "File of users (default: ${DEFAULT-VALUE}).")
  private Path users = Path.of(UsersCommand.FILE);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Person> people = Users.read(users).people();
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(
          output.json(
              people.stream()
                  .map(person -> Map.of("name", person.name(), "role", person.role().word()))
                  .toList()));
    } else {
      people.forEach(person -> out.printf("%-8s  %s%n", person.role().word(), person.name()));
    }
    return ExitCode.OK;
  }
}
