package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UsersCommandTest {
  private final StringWriter out = new StringWriter();
  @TempDir private Path directory;

  @Test
  void drawsAPasswordShowsItOnceAndKeepsAHash() throws Exception {
    Path users = directory.resolve("keys/users");

    assertThat(run("add", "--name=anna", "--role=operator", "--users=" + users))
        .isEqualTo(ExitCode.OK);

    Matcher password = Pattern.compile("password: (\\S{24}) ").matcher(out.toString());
    assertThat(password.find()).as(out.toString()).isTrue();
    assertThat(Files.readString(users))
        .startsWith("anna operator pbkdf2-sha512:")
        .doesNotContain(password.group(1));
    assertThat(run("list", "--users=" + users, "--output=json")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("\"role\" : \"operator\"");
  }

  @Test
  void takesAPasswordFromAFileAndPrintsNone() throws Exception {
    Path users = directory.resolve("users");
    Path secret = Files.writeString(directory.resolve("secret"), "correct horse battery\n");

    assertThat(
            run(
                "add",
                "--name=ben",
                "--role=viewer",
                "--users=" + users,
                "--password-file=" + secret))
        .isEqualTo(ExitCode.OK);

    assertThat(out.toString()).contains("User ben, viewer").doesNotContain("correct horse");
  }

  @Test
  void refusesWeakPasswordsAndBadNames() throws Exception {
    Path users = directory.resolve("users");
    Path weak = Files.writeString(directory.resolve("weak"), "horse\n");

    assertThat(
            run(
                "add",
                "--name=ben",
                "--role=viewer",
                "--users=" + users,
                "--password-file=" + weak))
        .isNotEqualTo(ExitCode.OK);
    assertThat(run("add", "--name=b:n", "--role=viewer", "--users=" + users))
        .isNotEqualTo(ExitCode.OK);
    assertThat(run("add", "--name=ben", "--role=boss", "--users=" + users))
        .isNotEqualTo(ExitCode.OK);

    assertThat(out.toString())
        .contains("has 5 characters, expected a password of 12 or more", "name is 'b:n'", "boss");
    assertThat(users).doesNotExist();
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "users";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandLine line = Main.commandLine(new Settings(List.of(), Map.of()));
    return line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true)).execute(all);
  }
}
