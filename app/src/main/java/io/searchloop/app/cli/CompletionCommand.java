package io.searchloop.app.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code searchloop completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands and flags in bash, and in zsh after bashcompinit.",
      "It completes the name searchloop: put the folder of ./searchloop on the PATH."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  source <(./searchloop completion)",
      "  ./searchloop completion > ~/.local/share/bash-completion/completions/searchloop"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    spec.commandLine().getOut().println(AutoComplete.bash(root.name(), root.commandLine()));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
