package io.searchloop.streams.http;

import java.util.Map;

/** An error for the client. The message is the problem's detail: found, expected, remedy. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ProblemType type;
  private final transient Map<String, String> headers;

  ProblemException(ProblemType type, String detail) {
    this(type, detail, Map.of());
  }

  ProblemException(ProblemType type, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.type = type;
    this.headers = Map.copyOf(headers);
  }

  /** A problem that passes: the client should come back. */
  static ProblemException retryLater(ProblemType type, String detail) {
    return new ProblemException(type, detail, Map.of("Retry-After", "1"));
  }

  /** There is nothing to search yet. */
  static ProblemException noCatalogue() {
    return retryLater(
        ProblemType.NOT_READY,
        "No catalogue epoch is indexed yet. Wait for /readyz; import a catalogue if it stays so.");
  }

  HttpReply reply() {
    Body body = new Body(type.uri(), type.title(), type.status(), String.valueOf(getMessage()));
    return new HttpReply(type.status(), "application/problem+json", Json.text(body), headers);
  }

  /** Members of RFC 9457. */
  private record Body(String type, String title, int status, String detail) {}
}
