package io.searchloop.streams.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void goesAlongWhileTheWorkLasts() {
    TraceContext trace = TraceContext.of(PARENT).orElseThrow();

    Outbound during =
        trace.during(() -> Outbound.of("t", Optional.empty(), TraceContextTest::value));
    Outbound after = Outbound.of("t", Optional.empty(), TraceContextTest::value);

    assertThat(during.trace()).contains(trace);
    assertThat(after.trace()).isEmpty();
    RecordHeaders headers = new RecordHeaders();
    trace.addTo(headers);
    assertThat(headers.lastHeader("traceparent").value()).asString().isEqualTo(PARENT);
  }

  private static byte[] value() {
    return PARENT.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void keepsWhatItKnowsOfLaterVersions() {
    assertThat(TraceContext.of("cc" + PARENT.substring(2) + "-more"))
        .contains(new TraceContext(PARENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"
      })
  void takesNothingFromAnInvalidHeader(String header) {
    assertThat(TraceContext.of(header)).isEmpty();
  }
}
