package io.searchloop.schemas.access;

import io.searchloop.schemas.config.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The people who are let in. In a file one line each, as {@code ./searchloop users add} writes it;
 * what follows a # is a comment:
 *
 * <pre>
 *   anna operator pbkdf2-sha512:210000:...
 *   ben  viewer   pbkdf2-sha512:210000:...   # on call in June
 * </pre>
 */
public final class Users {
  /** Compared where a name is unknown, so that the time taken does not tell which names exist. */
  private static final PasswordHash OF_NOBODY = PasswordHash.of("", new SecureRandom());

  private final Map<String, User> byName = new TreeMap<>();

  private Users(List<User> users) {
    users.forEach(user -> byName.put(user.name(), user));
  }

  /**
   * Reads a file.
   *
   * @throws InvalidConfigurationException naming every line that is none; or when the file is
   *     missing or empty, or others may read or change it
   */
  public static Users read(Path file) {
    List<User> users = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (line.isEmpty()) {
        continue;
      }
      try {
        User user = User.parse(line);
        if (users.stream().anyMatch(other -> other.name().equals(user.name()))) {
          throw new IllegalArgumentException("'" + user.name() + "' has a line already");
        }
        users.add(user);
      } catch (IllegalArgumentException e) {
        problems.add(
            "%s line %d: %s. Write it with ./searchloop users add, or take it out."
                .formatted(file, i + 1, e.getMessage()));
      }
    }
    if (users.isEmpty() && problems.isEmpty()) {
      problems.add(file + ": no user in it. Add one with ./searchloop users add.");
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
    return new Users(users);
  }

  /**
   * Adds a user to a file, which is made when missing and then readable by its owner alone.
   *
   * @throws InvalidConfigurationException when the name is taken, or the file is not as it should
   */
  public static void append(Path file, User user) throws IOException {
    if (Files.exists(file) && Files.size(file) > 0) {
      if (read(file).byName.containsKey(user.name())) {
        throw new InvalidConfigurationException(
            List.of(
                "%s: '%s' has a line already. Take it out first for another password or role."
                    .formatted(file, user.name())));
      }
    } else if (!Files.exists(file)) {
      SecretFile.create(file);
    }
    Files.writeString(file, user.toLine() + System.lineSeparator(), StandardOpenOption.APPEND);
  }

  /** All of them, by name. */
  public List<Person> people() {
    return byName.values().stream().map(user -> new Person(user.name(), user.role())).toList();
  }

  /** Who signs in so; takes as long for a name that does not exist as for a wrong password. */
  Optional<Person> signIn(String name, String password) {
    User user = byName.get(name);
    boolean right = (user == null ? OF_NOBODY : user.password()).matches(password);
    return user != null && right
        ? Optional.of(new Person(user.name(), user.role()))
        : Optional.empty();
  }

  private static List<String> lines(Path file) {
    try {
      SecretFile.check(file);
      return Files.readAllLines(file);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(List.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new InvalidConfigurationException(
          List.of(
              "%s: no readable file of users (%s). Make one with ./searchloop users add."
                  .formatted(file, e)));
    }
  }
}
