package io.searchloop.streams.http;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Pages whose events are taken: those of the worker's own host, and those that are named. Programs
 * that are no browsers send no origin and are none of its business.
 *
 * @param allowed origins as browsers send them, such as {@code https://shop.example}
 */
public record Origins(Set<String> allowed) {
  private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@\\s*,]+");

  public Origins {
    for (String origin : allowed) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "event-origins holds '%s', expected origins such as https://shop.example with commas between; each by name, without path."
                .formatted(origin));
      }
    }
    allowed = Set.copyOf(allowed);
  }

  /**
   * Reads a setting.
   *
   * @param text origins with commas between; empty for none
   */
  public static Origins of(String text) {
    return new Origins(
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /**
   * Whether a page's events are taken.
   *
   * @param origin the request's {@code Origin}; empty when it has none
   * @param host the request's {@code Host}
   */
  boolean allow(String origin, String host) {
    return origin.isEmpty()
        || allowed.contains(origin)
        || (!host.isEmpty()
            && (origin.equals("https://" + host) || origin.equals("http://" + host)));
  }
}
