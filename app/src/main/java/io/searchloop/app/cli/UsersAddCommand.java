package io.searchloop.app.cli;

import io.searchloop.schemas.access.PasswordHash;
import io.searchloop.schemas.access.Role;
import io.searchloop.schemas.access.User;
import io.searchloop.schemas.access.Users;
import io.searchloop.schemas.config.InvalidConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop users add}. */
@Command(
    name = "add",
    description = {
      "Adds a user to a file that only you may read. Without --password-file it draws a password"
          + " and prints it once; the file keeps a salted hash of it (PBKDF2)."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A viewer looks; an operator also decides: rollbacks, freezes, rewards. The control log"
          + " names",
      "him. To take a user out, or to give him another password, delete his line first.",
      "",
      "Examples:",
      "  ./searchloop users add --name anna --role operator",
      "  ./searchloop users add --name ben --role viewer --password-file /run/secrets/ben",
      "  ./searchloop console --console.host 0.0.0.0 --console.users keys/users"
    })
final class UsersAddCommand implements Callable<Integer> {
  private static final int DRAWN_BYTES = 18;
  private static final int SHORTEST = 12;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "As the user signs in; letters, digits, dots, dashes, underscores, @.")
  private String name = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "viewer or operator.")
  private Role role = Role.VIEWER;

  @Option(
      names = "--users",
      paramLabel = "FILE",
      defaultValue = UsersCommand.FILE,
      description = "File of users (default: ${DEFAULT-VALUE}).")
  private Path users = Path.of(UsersCommand.FILE);

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password; 12 characters or more.")
  private @Nullable Path passwordFile;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    SecureRandom random = new SecureRandom();
    String password = passwordFile == null ? drawn(random) : read(passwordFile);
    Path folder = users.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try {
      Users.append(users, new User(name, role, PasswordHash.of(password, random)));
    } catch (InvalidConfigurationException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(List.of("--name: " + e.getMessage() + "."));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("User %s, %s, in %s%n", name, role.word(), users);
    if (passwordFile == null) {
      out.printf("  password: %s   (shown once)%n", password);
    }
    out.printf("  console:  console.users=%s%n", users);
    out.printf("  workers:  serving.users=%s%n", users);
    return ExitCode.OK;
  }

  private static String drawn(SecureRandom random) {
    byte[] bytes = new byte[DRAWN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String read(Path file) throws IOException {
    String password = Files.readString(file).lines().findFirst().orElse("");
    if (password.length() < SHORTEST) {
      throw new InvalidConfigurationException(
          List.of(
              "%s: its first line has %d characters, expected a password of %d or more."
                  .formatted(file, password.length(), SHORTEST)));
    }
    return password;
  }
}
