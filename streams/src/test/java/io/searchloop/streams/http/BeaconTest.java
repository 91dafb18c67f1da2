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
    Optional<Program> node = Program.node();
    assumeTrue(node.isPresent(), Program.NO_NODE);

    Program.Ended ended =
        node.get()
            .run(
                Path.of("."),
                Map.of(),
                Duration.ofMinutes(1),
                "--test",
                "--test-reporter=tap",
                "src/test/js/beacon.test.mjs");

    assertThat(ended.exitCode()).as(ended.said()).isZero();
    assertThat(ended.said()).contains("# pass 11");
  }
}
