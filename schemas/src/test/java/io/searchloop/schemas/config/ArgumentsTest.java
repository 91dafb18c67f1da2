package io.searchloop.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {
  @TempDir Path folder;

  @Test
  void laterArgumentsWinOverFiles() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("worker.properties"), "serving.port=1\nkafka.registry-url=http://r\n");

    assertThat(Arguments.read(file.toString(), "serving.port=2"))
        .containsExactly(
            Map.entry("kafka.registry-url", "http://r"), Map.entry("serving.port", "2"));
  }

  @Test
  void takesFlagsAsOtherToolsDo() {
    assertThat(Arguments.read("--a.b", "1", "--c.d=2", "e.f=3=4"))
        .containsExactly(Map.entry("a.b", "1"), Map.entry("c.d", "2"), Map.entry("e.f", "3=4"));
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> Arguments.read("--a.b"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("--a.b has no value");
    assertThatThrownBy(() -> Arguments.read("--a.b", "--c.d", "1"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("--a.b has no value");
    assertThatThrownBy(() -> Arguments.read(folder.resolve("absent").toString()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("absent");
  }
}
