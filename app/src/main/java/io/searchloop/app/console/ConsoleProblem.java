package io.searchloop.app.console;

/** A refusal for the page. The message says what was found, what expected, and the remedy. */
final class ConsoleProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Kinds of refusals a client can tell apart. */
  enum Kind {
    BAD_REQUEST(400, "The request cannot be used"),
    UNAUTHENTICATED(401, "The console does not know who asks"),
    FORBIDDEN(403, "The console takes no such request"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "This method does nothing here"),
    OVERTAKEN(409, "Another decision was faster"),
    VOID(409, "The decision has no effect"),
    BUSY(409, "One at a time"),
    TOO_LARGE(413, "The body is too large"),
    UNKNOWN_RELEASE(422, "There is no such release"),
    TOO_MANY(429, "Too much at once"),
    INTERNAL(500, "The console failed"),
    UNAVAILABLE(503, "Kafka does not answer");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }
  }

  ConsoleProblem(Kind kind, String detail) {
    super(detail, null, false, false);
    this.kind = kind;
  }

  static ConsoleProblem badRequest(String detail) {
    return new ConsoleProblem(Kind.BAD_REQUEST, detail);
  }

  /** As RFC 9457 has it. */
  ConsoleReply reply() {
    return ConsoleReply.json(
        kind.status,
        "application/problem+json",
        new Body(
            "urn:searchloop:problem:"
                + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
            kind.title,
            kind.status,
            String.valueOf(getMessage())));
  }

  private record Body(String type, String title, int status, String detail) {}
}
