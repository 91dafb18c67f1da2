package io.searchloop.search.opensearch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real OpenSearch node in a process of its own, with a class path of its own. */
final class OpenSearchProcess implements AutoCloseable {
  private static final Path CLASS_PATH = Path.of("target", "opensearch.classpath");
  private static final Path SOURCE = Path.of("src", "test", "opensearch", "OpenSearchNode.java");
  private static final Pattern PORT = Pattern.compile("PORT (\\d+)");

  private final Process process;
  private final URI url;

  private OpenSearchProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts a node that keeps its data in a folder, and waits until it listens. */
  static OpenSearchProcess start(Path folder) throws IOException {
    if (!Files.exists(CLASS_PATH)) {
      throw new IllegalStateException(
          "There is no %s, expected the class path of OpenSearch. Run the tests with -Pexternal."
              .formatted(CLASS_PATH.toAbsolutePath()));
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Files.readString(CLASS_PATH).strip(),
                SOURCE.toString(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    return new OpenSearchProcess(process, listening(process));
  }

  URI url() {
    return url;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close(); // the end of its input is its sign to stop
    try {
      process.waitFor(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  private static URI listening(Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        drain(output);
        return URI.create("http://127.0.0.1:" + port.group(1));
      }
    }
    throw new IllegalStateException("OpenSearch ended: " + String.join("\n", lines));
  }

  /** A process whose output nobody reads stops when the pipe is full. */
  private static void drain(BufferedReader output) {
    Thread reader = new Thread(() -> output.lines().forEach(line -> {}), "opensearch-output");
    reader.setDaemon(true);
    reader.start();
  }
}
