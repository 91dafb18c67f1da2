package io.searchloop.streams.signal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The trace that a request belongs to, as W3C Trace Context spells it. What the request's thread
 * sends to Kafka meanwhile carries it on, and what it logs names the trace. Workers make no spans,
 * so the caller's span stays the parent.
 *
 * @param traceparent the header, of version 00
 */
public record TraceContext(String traceparent) {
  /** Name of the header, in HTTP and in Kafka. */
  public static final String HEADER = "traceparent";

  private static final String LOGGED_AS = "trace_id";
  private static final Pattern VALID =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})(-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2})(-.*)?");

  private static final ThreadLocal<@Nullable TraceContext> CURRENT = new ThreadLocal<>();

  /**
   * Reads a header. One that is invalid is as good as none, which the standard demands; of a later
   * version only what version 00 has is kept.
   */
  public static Optional<TraceContext> of(@Nullable String header) {
    Matcher found = VALID.matcher(header == null ? "" : header);
    boolean valid = found.matches() && !(found.group(1).equals("00") && found.group(4) != null);
    return valid ? Optional.of(new TraceContext("00" + found.group(2))) : Optional.empty();
  }

  /** The trace this thread works for. */
  static Optional<TraceContext> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Does work for this trace, on the caller's thread. */
  public <T> T during(Supplier<T> work) {
    CURRENT.set(this);
    MDC.put(LOGGED_AS, traceparent.split("-", 4)[1]);
    try {
      return work.get();
    } finally {
      CURRENT.remove();
      MDC.remove(LOGGED_AS);
    }
  }

  void addTo(Headers headers) {
    headers.add(HEADER, traceparent.getBytes(StandardCharsets.US_ASCII));
  }
}
