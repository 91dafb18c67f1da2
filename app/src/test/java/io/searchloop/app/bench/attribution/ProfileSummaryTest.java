package io.searchloop.app.bench.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileSummaryTest {
  private static final int ENOUGH_SAMPLES = 20;
  private static final int MOST_TURNS = 200;

  @TempDir Path directory;

  @Test
  void laysTimeToTheNearestLayer() {
    ProfileSummary summary = record();
    for (int turn = 0; turn < MOST_TURNS && summary.samples() < ENOUGH_SAMPLES; turn++) {
      summary = record();
    }

    assertThat(summary.samples()).isGreaterThanOrEqualTo(ENOUGH_SAMPLES);
    assertThat(summary.layers().keySet().iterator().next()).isEqualTo("Avro");
    assertThat(summary.layers().values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(summary.methods()).hasSizeBetween(1, 25);
  }

  /** Half a second of parsing schemas. */
  private ProfileSummary record() {
    Path file = directory.resolve("test.jfr");
    FlightRecording recording = FlightRecording.start(file.toString());
    long end = System.nanoTime() + 500_000_000;
    int fields = 0;
    while (System.nanoTime() < end) {
      String schema =
          "{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}"
              .formatted(fields);
      fields += new Schema.Parser().parse(schema).getFields().size();
    }
    recording.stop();
    assertThat(fields).isPositive();
    return ProfileSummary.of(file);
  }
}
