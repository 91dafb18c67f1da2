package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKey;
import io.searchloop.policy.signing.TrustedKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeysCommandTest {
  private final StringWriter out = new StringWriter();
  @TempDir private Path directory;

  @Test
  void makesAKeyThatIsTrustedAndASecondOneBesideIt() throws Exception {
    assertThat(init("old.pem")).isEqualTo(ExitCode.OK);
    assertThat(init("new.pem")).isEqualTo(ExitCode.OK);

    TrustedKey old = SigningKey.read(directory.resolve("old.pem")).trusted();
    TrustedKey next = SigningKey.read(directory.resolve("new.pem")).trusted();
    assertThat(TrustedKeys.read(directory.resolve("trusted")).keys())
        .extracting(TrustedKey::id)
        .containsExactly(old.id(), next.id());
    assertThat(run("list", "--trusted-keys=" + directory.resolve("trusted")))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains(old.id() + "  always", "of old.pem", next.id());
    String secret = Files.readAllLines(directory.resolve("old.pem")).get(2);
    assertThat(out.toString()).doesNotContain(secret);
  }

  @Test
  void overwritesNoKey() throws Exception {
    init("old.pem");
    String before = Files.readString(directory.resolve("old.pem"));

    assertThat(init("old.pem")).isNotEqualTo(ExitCode.OK);

    assertThat(directory.resolve("old.pem")).hasContent(before);
  }

  private int init(String file) {
    return run(
        "init",
        "--signing-key=" + directory.resolve(file),
        "--trusted-keys=" + directory.resolve("trusted"),
        "--comment=of " + file);
  }

  private int run(String... arguments) {
    return new CommandLine(new KeysCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(arguments);
  }
}
