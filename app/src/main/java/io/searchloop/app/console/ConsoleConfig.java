package io.searchloop.app.console;

import io.searchloop.schemas.config.Setting;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Where the console listens and whom it obeys. Bound under {@code console}.
 *
 * @param host address it listens on
 * @param port HTTP port; 0 picks a free one
 * @param control when it takes actions
 * @param names further host names it is reached by, separated by commas; addresses and localhost
 *     always are
 * @param history how far back it reads searches, events and rewards
 */
public record ConsoleConfig(
    @Setting(value = "127.0.0.1", help = "address the console listens on") String host,
    @Setting(value = "8083", help = "port of the console; 0 picks a free one") int port,
    @Setting(
            value = "local",
            help = "actions in the console: local takes them on a loopback address, always, never")
        Control control,
    @Setting(value = "", help = "further host names the console is reached by, comma-separated")
        String names,
    @Setting(value = "PT15M", help = "how far back the console reads searches and rewards")
        Duration history) {
  private static final int HIGHEST_PORT = 65_535;

  /** When the console takes actions; it authenticates nobody. */
  public enum Control {
    /** While it listens on a loopback address. */
    LOCAL,
    /** Wherever it listens; somebody else keeps strangers out. */
    ALWAYS,
    /** It only shows. */
    NEVER
  }

  public ConsoleConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is blank, expected an address such as 127.0.0.1");
    }
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port is " + port + ", expected 1 to " + HIGHEST_PORT + ", or 0 for any free port");
    }
    if (history.isNegative() || history.isZero()) {
      throw new IllegalArgumentException(
          "history is " + history + ", expected more than zero, for example PT15M");
    }
  }

  /** Whether actions are taken. */
  public boolean takesActions() {
    return switch (control) {
      case ALWAYS -> true;
      case NEVER -> false;
      case LOCAL -> host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
    };
  }

  List<String> nameList() {
    return Arrays.stream(names.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
