package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.launcher.LoopSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** Arguments can be read by every user of a machine, and settings are part of reports. */
class SecretsTest {
  private static final Pattern SECRET =
      Pattern.compile("(?i)(password|passphrase|secret|credential|api-?key|access-?key)(?!-file)");

  @Test
  void areNoSettingsAndNoFlags() {
    List<String> names = new ArrayList<>(LoopSettings.known().keySet());
    DocumentedCommandsTest.all()
        .flatMap(command -> command.getCommandSpec().options().stream())
        .map(OptionSpec::longestName)
        .forEach(names::add);

    assertThat(names)
        .hasSizeGreaterThan(200)
        .contains("--password-file", "loop.client-config", "console.users")
        .noneMatch(name -> SECRET.matcher(name).find());
  }
}
