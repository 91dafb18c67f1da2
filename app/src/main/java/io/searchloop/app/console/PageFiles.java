package io.searchloop.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page: files beside this class, read once, as they are in the jar. */
final class PageFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final List<String> FILES =
      List.of(
          "index.html",
          "console.css",
          "icon.svg",
          "main.js",
          "dom.js",
          "api.js",
          "flow.js",
          "policies.js",
          "rewards.js",
          "configs.js",
          "examples.js",
          "trace.js",
          "letters.js",
          "ask.js",
          "vendor/uplot/uPlot.esm.js",
          "vendor/uplot/uPlot.min.css");

  private PageFiles() {}

  /** A route for each file; the page itself answers at the root. */
  static List<ConsoleRoute> routes() {
    List<ConsoleRoute> routes = new ArrayList<>();
    for (String file : FILES) {
      String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "");
      byte[] content = content(file);
      routes.add(
          ConsoleRoute.get(
              file.equals("index.html") ? "/" : "/" + file,
              call -> ConsoleReply.file(type, content)));
    }
    return routes;
  }

  private static byte[] content(String file) {
    try (InputStream stream = PageFiles.class.getResourceAsStream("page/" + file)) {
      if (stream == null) {
        throw new IllegalStateException(
            "page/" + file + " is not in the jar of the console; build it again.");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading page/" + file + " from the jar", e);
    }
  }
}
