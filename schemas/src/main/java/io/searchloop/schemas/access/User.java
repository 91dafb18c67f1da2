package io.searchloop.schemas.access;

import java.util.regex.Pattern;

/**
 * A line of the file of users.
 *
 * @param name as he signs in, and as the control log names him
 * @param role what he may do
 * @param password what is kept of his password
 */
public record User(String name, Role role, PasswordHash password) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  public User {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name is '%s', expected 1 to 64 letters, digits, dots, dashes, underscores or @"
              .formatted(name));
    }
  }

  static User parse(String line) {
    String[] words = line.split("\\s+", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException(words.length + " words, expected NAME ROLE HASH");
    }
    return new User(words[0], Role.of(words[1]), PasswordHash.parse(words[2]));
  }

  String toLine() {
    return name + " " + role.word() + " " + password.toText();
  }
}
