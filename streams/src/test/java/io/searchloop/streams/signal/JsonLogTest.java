package io.searchloop.streams.signal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The configuration that images carry. */
class JsonLogTest {
  private static final Path CONFIGURATION = Path.of("../app/src/main/resources/logback.xml");

  @Test
  void isOneObjectALine() throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("SEARCHLOOP_LOG", "json");
    PrintStream before = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(CONFIGURATION.toFile());
      Logger ours = context.getLogger("io.searchloop.Some");
      ours.info("Worker listens: port={}\n second line", 8080);
      ours.error("Failed", new IllegalStateException("because"));
      context.getLogger("org.other").info("not worth a line");
    } finally {
      System.setOut(before);
      context.stop();
    }

    String[] lines = written.toString(StandardCharsets.UTF_8).split("\n", -1);
    assertThat(lines).hasSize(3);
    JsonNode first = new ObjectMapper().readTree(lines[0]);
    assertThat(first.path("level").asText()).isEqualTo("INFO");
    assertThat(first.path("formattedMessage").asText()).startsWith("Worker listens: port=8080");
    assertThat(first.has("timestamp")).isTrue();
    assertThat(new ObjectMapper().readTree(lines[1]).at("/throwable/message").asText())
        .isEqualTo("because");
  }
}
