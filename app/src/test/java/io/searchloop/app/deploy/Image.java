package io.searchloop.app.deploy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An image of ours, from its Dockerfile.
 *
 * @param name without repository and tag
 * @param text the Dockerfile
 */
record Image(String name, String text) {
  static final String TAG = "0.1.0-SNAPSHOT";

  private static final Pattern MAIN = Pattern.compile("\"(io\\.searchloop\\.[\\w.]+Main)\"");
  private static final Pattern BASE = Pattern.compile("(?m)^FROM (\\S+)");

  /** The image of a reference such as {@code searchloop/worker:1}. */
  static Image of(String reference) {
    String name = reference.replaceFirst("^searchloop/", "").replaceFirst(":.*", "");
    return new Image(name, Repository.text(dockerfile(name)));
  }

  static String dockerfile(String name) {
    return switch (name) {
      case "searchloop" -> "deploy/images/Dockerfile";
      case "worker-cuda" -> "deploy/images/worker.Dockerfile";
      default -> "deploy/images/" + name + ".Dockerfile";
    };
  }

  /** Main classes that its entry point names. */
  List<String> mains() {
    return all(MAIN).toList();
  }

  /** What it is made from. */
  List<String> bases() {
    return all(BASE).toList();
  }

  private Stream<String> all(Pattern pattern) {
    return pattern.matcher(text).results().map(found -> found.group(1));
  }

  /** The port it says it listens on. */
  int port() {
    Matcher found = Pattern.compile("(?m)^EXPOSE (\\d+)").matcher(text);
    if (!found.find()) {
      throw new AssertionError("No EXPOSE in " + dockerfile(name));
    }
    return Integer.parseInt(found.group(1));
  }
}
