package io.searchloop.streams.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.searchloop.testkit.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The browser's side, in Node: src/test/js/beacon.test.mjs has the cases. */
class BeaconTest {
  @Test
  void passesItsOwnTests() {
    Optional<Program> node = Program.find("node");
    assumeTrue(node.isPresent(), "There is no node on the path; install Node.js 20 or later");

    Program.Ended ended =
        node.get().run(Path.of("."), Map.of(), Duration.ofMinutes(1), "--test", "src/test/js/");

    assertThat(ended.exitCode()).as(ended.said()).isZero();
    assertThat(ended.said()).contains("# pass 11");
  }
}
