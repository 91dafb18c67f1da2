package io.searchloop.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void writesALineWithRatesWhenHeadless() {
    Progress progress = new Progress(out, false);
    progress.show(snapshot(10, 1000));
    progress.show(snapshot(20, 3500));

    assertThat(written().lines().reduce((first, last) -> last).orElseThrow())
        .startsWith("00:20 version 7 step 3")
        .contains("250 events/s")
        .contains("policy -")
        .contains("KL 0.250");
  }

  @Test
  void repaintsItsOwnLinesOnATerminal() {
    Progress progress = new Progress(out, true);
    progress.show(snapshot(10, 0));
    int lines = (int) written().lines().count();
    progress.show(snapshot(11, 0));

    assertThat(written()).contains("\u001b[" + lines + "A");
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static LoopSnapshot snapshot(long seconds, long events) {
    return new LoopSnapshot(
        Duration.ofSeconds(seconds),
        7,
        3,
        2,
        2,
        100,
        0,
        Map.of(),
        events,
        5,
        4,
        Map.of("reference_kl", .25),
        new ArmBoard().all());
  }
}
