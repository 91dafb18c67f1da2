package io.searchloop.app.cli;

import io.searchloop.schemas.access.AccessRemedy;
import io.searchloop.schemas.config.InvalidConfigurationException;
import io.searchloop.schemas.config.LogFormat;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import org.slf4j.LoggerFactory;
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
      InitCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      PolicyCommand.class,
      KeysCommand.class,
      PrivacyCommand.class,
      SchemasCommand.class,
      UsersCommand.class,
      RewardCommand.class,
      ConsoleCommand.class,
      SuggestionsCommand.class,
      TopicsCommand.class,
      EventsCommand.class,
      RewritesCommand.class,
      AuditCommand.class,
      TraceCommand.class,
      ReplayCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      ChaosCommand.class,
      StudyCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./searchloop demo",
      "  ./searchloop doctor",
      "  ./searchloop policy list --output json",
      "  source <(./searchloop completion)",
      "",
      "Settings have a dot in their name: --broker.port 9192. They go with demo, init, console,",
      "train, audit, doctor, replay and chaos. All of them with defaults:",
      "  ./searchloop demo --help-settings",
      "  ./searchloop train --help-settings",
      "",
      "Exit codes: 0 done, 1 the answer is no or it failed, 2 wrong command line or setting."
    })
public final class Main implements Runnable {
  /** An example is copied from a terminal as one line, or not at all. */
  private static final int HELP_WIDTH = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] arguments) {
    int code = ExitCode.FAILED;
    try {
      code = execute(arguments);
    } catch (Error e) { // Kafka's and Flink's threads would keep the process alive
      LoggerFactory.getLogger(Main.class).error("Ended by an error", e);
      System.err.println(e);
    }
    System.exit(code);
  }

  static int execute(String... arguments) {
    Settings settings;
    try {
      LogFormat.of(System.getenv());
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
            .anyMatch(Main::takesSettings);
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
    return new CommandLine(new Main(), new SettingsFactory(settings))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH);
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
    AccessRemedy.of(e).ifPresent(command.getErr()::println);
    command.getErr().println("(Stack trace: SEARCHLOOP_JAVA_OPTS=-Dsearchloop.stacktrace=true)");
    return ExitCode.FAILED;
  }

  /** Hands the settings to the commands whose constructor takes them. */
  private record SettingsFactory(Settings settings) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (Constructor<?> made : type.getDeclaredConstructors()) {
        if (takesSettings(made)) {
          return type.cast(made.newInstance(settings));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }

  private static boolean takesSettings(Constructor<?> constructor) {
    return List.of(constructor.getParameterTypes()).equals(List.of(Settings.class));
  }
}
