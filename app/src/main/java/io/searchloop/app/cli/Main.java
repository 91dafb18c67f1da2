package io.searchloop.app.cli;

import io.searchloop.schemas.config.InvalidConfigurationException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/**
 * {@code searchloop}: picks the command, splits settings from flags, turns errors into sentences.
 */
@Command(
    name = "searchloop",
    description = "Search that learns from what shoppers do, continuously.",
    mixinStandardHelpOptions = true,
    version = "0.1.0-SNAPSHOT",
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      PolicyCommand.class,
      KeysCommand.class,
      RewardCommand.class,
      ConsoleCommand.class,
      SuggestionsCommand.class,
      AuditCommand.class,
      TraceCommand.class,
      ReplayCommand.class,
      BenchCommand.class,
      StudyCommand.class
    },
    footer = {
      "",
      "Settings have a dot in their name and go with demo, console, train, audit and replay:",
      "--broker.port 9192",
      "All of them with defaults: ./searchloop demo --help-settings, train --help-settings",
      "",
      "Exit codes: 0 done, 1 the answer is no or it failed, 2 wrong command line or setting."
    })
public final class Main implements Runnable {
  /** An example is copied from a terminal as one line, or not at all. */
  private static final int HELP_WIDTH = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    Settings settings;
    try {
      settings = Settings.of(arguments);
    } catch (InvalidConfigurationException e) {
      System.err.println(e.getMessage());
      return ExitCode.USAGE;
    }
    CommandLine line = commandLine(settings);
    line.setExecutionStrategy(parsed -> run(parsed, settings));
    line.setExecutionExceptionHandler((e, command, result) -> report(command, e));
    return line.execute(settings.flagArray());
  }

  /** A setting that no command reads is a mistake, whichever command is asked. */
  private static int run(ParseResult parsed, Settings settings) {
    List<CommandLine> commands = parsed.asCommandLineList();
    CommandLine asked = commands.get(commands.size() - 1);
    boolean takesSettings =
        Arrays.stream(asked.getCommandSpec().userObject().getClass().getDeclaredConstructors())
            .anyMatch(made -> List.of(made.getParameterTypes()).contains(Settings.class));
    if (!takesSettings && !settings.values().isEmpty()) {
      throw new ParameterException(
          asked,
          "Unknown settings "
              + settings.values().keySet()
              + ": "
              + asked.getCommandSpec().qualifiedName()
              + " takes none. Leave them out, or see --help.");
    }
    return new RunLast().execute(parsed);
  }

  /** All commands, before any of them runs. */
  static CommandLine commandLine(Settings settings) {
    return new CommandLine(new Main(), new SettingsFactory(settings)).setUsageHelpWidth(HELP_WIDTH);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int report(CommandLine command, Exception e) throws Exception {
    if (e instanceof InvalidConfigurationException) {
      command.getErr().println(e.getMessage());
      return ExitCode.USAGE;
    }
    if (Boolean.getBoolean("searchloop.stacktrace")) {
      throw e;
    }
    command.getErr().println(e.getMessage() == null ? e.toString() : e.getMessage());
    command.getErr().println("(Stack trace: SEARCHLOOP_JAVA_OPTS=-Dsearchloop.stacktrace=true)");
    return ExitCode.FAILED;
  }

  /** Hands the settings to the commands that take some. */
  private record SettingsFactory(Settings settings) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == DemoCommand.class) {
        return type.cast(new DemoCommand(settings));
      }
      if (type == ConsoleCommand.class) {
        return type.cast(new ConsoleCommand(settings));
      }
      if (type == BenchFreshnessCommand.class) {
        return type.cast(new BenchFreshnessCommand(settings));
      }
      if (type == PolicyImportCommand.class) {
        return type.cast(new PolicyImportCommand(settings));
      }
      if (type == StudyOnlineCommand.class) {
        return type.cast(new StudyOnlineCommand(settings));
      }
      if (type == StudyRewritingCommand.class) {
        return type.cast(new StudyRewritingCommand(settings));
      }
      if (type == StudyUpkeepCommand.class) {
        return type.cast(new StudyUpkeepCommand(settings));
      }
      if (type == StudyClicksCommand.class) {
        return type.cast(new StudyClicksCommand(settings));
      }
      if (type == StudyPreferencesCommand.class) {
        return type.cast(new StudyPreferencesCommand(settings));
      }
      if (type == StudyDistillationCommand.class) {
        return type.cast(new StudyDistillationCommand(settings));
      }
      if (type == StudySessionsCommand.class) {
        return type.cast(new StudySessionsCommand(settings));
      }
      if (type == TrainCommand.class) {
        return type.cast(new TrainCommand(settings));
      }
      if (type == AuditCommand.class) {
        return type.cast(new AuditCommand(settings));
      }
      if (type == TraceCommand.class) {
        return type.cast(new TraceCommand(settings));
      }
      if (type == ReplayCommand.class) {
        return type.cast(new ReplayCommand(settings));
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
