package io.searchloop.app.bench.attribution;

import io.searchloop.app.bench.BenchJson;
import io.searchloop.app.launcher.EmbeddedFlink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process with Flink in it and nothing else. Reads a {@link FlinkSetup}, then {@link RunOrder}s,
 * one JSON line each, and answers each with a {@link RunReply}; ends with its input.
 */
public final class MeasuredFlinkMain {
  private static final Logger LOG = LoggerFactory.getLogger(MeasuredFlinkMain.class);

  private MeasuredFlinkMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    PrintStream replies = System.out;
    // Whatever a library prints must not be taken for a reply.
    System.setOut(System.err);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    FlinkSetup setup = BenchJson.read(orders.readLine(), FlinkSetup.class);
    try (EmbeddedFlink flink =
        EmbeddedFlink.start(
            Path.of(setup.directory()),
            setup.flinkConfig(),
            Map.of(SourceCounters.REPORTER_KEY, SourceCounters.REPORTER))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        replies.println(BenchJson.line(reply(flink, setup, line)));
        replies.flush();
      }
    }
  }

  private static RunReply reply(EmbeddedFlink flink, FlinkSetup setup, String line) {
    try {
      RunOrder order = BenchJson.read(line, RunOrder.class);
      return new RunReply(new MeasuredRun(flink, setup, order).call(), "");
    } catch (RuntimeException e) {
      LOG.error("Run failed", e);
      return new RunReply(null, e.toString());
    }
  }
}
