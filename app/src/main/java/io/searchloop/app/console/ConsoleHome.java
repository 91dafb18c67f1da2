package io.searchloop.app.console;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a console needs of the machine it runs on, for replays alone.
 *
 * @param directory where replays keep their checkpoints and reports
 * @param program command that starts this program, without arguments
 * @param settings of the loop, as they were given
 */
public record ConsoleHome(Path directory, List<String> program, Map<String, String> settings) {
  /**
   * The machine this program runs on.
   *
   * @param main class that understands the command line
   */
  public static ConsoleHome here(Path directory, Class<?> main, Map<String, String> settings) {
    return new ConsoleHome(directory, ThisProgram.command(main), settings);
  }

  /** Copies the collections. */
  public ConsoleHome {
    program = List.copyOf(program);
    settings = Map.copyOf(settings);
  }
}
