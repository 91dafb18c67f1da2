package io.searchloop.app.console;

import io.searchloop.schemas.access.Doorkeeper;
import io.searchloop.schemas.access.Hosts;
import io.searchloop.schemas.access.Users;
import io.searchloop.schemas.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the console listens and whom it obeys. Bound under {@code console}.
 *
 * @param host address it listens on
 * @param port HTTP port; 0 picks a free one
 * @param control when it takes actions
 * @param names further host names it is reached by, separated by commas; addresses and localhost
 *     always are
 * @param history how far back it reads searches, events and rewards
 * @param users file of those it lets in; empty lets everybody in, on a loopback address alone
 */
public record ConsoleConfig(
    @Setting(value = "127.0.0.1", help = "address the console listens on") String host,
    @Setting(value = "8083", help = "port of the console; 0 picks a free one") int port,
    @Setting(
            value = "local",
            help =
                "actions in the console: local takes them from operators among console.users;"
                    + " without, on loopback; or never")
        Control control,
    @Setting(value = "", help = "further host names the console is reached by, comma-separated")
        String names,
    @Setting(value = "PT15M", help = "how far back the console reads searches and rewards")
        Duration history,
    @Setting(
            value = "",
            help = "file of users who may open the console, as ./searchloop users add writes it")
        String users) {
  private static final int HIGHEST_PORT = 65_535;

  /** Whether the console takes actions. */
  public enum Control {
    /** From operators; from anybody where nobody signs in, which is on a loopback address alone. */
    LOCAL,
    /** It only shows. */
    NEVER
  }

  public ConsoleConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is blank, expected an address such as 127.0.0.1");
    }
    if (users.isBlank() && !Hosts.loopback(host)) {
      throw new IllegalArgumentException(
          "host is %s and users is not set: whoever reaches the port could look and decide. Name a file that ./searchloop users add writes in console.users, or listen on 127.0.0.1."
              .formatted(host));
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
    return control != Control.NEVER;
  }

  /**
   * Whom it lets in; empty where nobody is asked.
   *
   * @throws io.searchloop.schemas.config.InvalidConfigurationException when the file is none of
   *     users
   */
  public Optional<Users> people() {
    return users.isBlank() ? Optional.empty() : Optional.of(Users.read(Path.of(users)));
  }

  /** Who stands at the door. */
  Doorkeeper doorkeeper(InstantSource clock) {
    return people().map(named -> Doorkeeper.of(named, clock)).orElseGet(Doorkeeper::asleep);
  }

  List<String> nameList() {
    return Arrays.stream(names.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
