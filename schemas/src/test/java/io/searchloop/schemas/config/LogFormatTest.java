package io.searchloop.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogFormatTest {
  @Test
  void isTextUnlessNamed() {
    assertThat(LogFormat.of(Map.of())).isEqualTo(LogFormat.TEXT);
    assertThat(LogFormat.of(Map.of("SEARCHLOOP_LOG", "json"))).isEqualTo(LogFormat.JSON);
    assertThatThrownBy(() -> LogFormat.of(Map.of("SEARCHLOOP_LOG", "xml")))
        .hasMessageContaining("SEARCHLOOP_LOG is 'xml', expected text or json");
  }
}
