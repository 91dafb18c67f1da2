package io.searchloop.streams.http;

import java.util.Locale;

/** Kinds of errors a client can tell apart. */
enum ProblemType {
  BAD_REQUEST(400, "The request cannot be used"),
  UNAUTHENTICATED(401, "The worker does not know who asks"),
  FORBIDDEN(403, "The worker takes no such order"),
  FOREIGN_ORIGIN(403, "Events of this page are not taken"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "This method does nothing here"),
  OVERTAKEN(409, "Another decision was faster"),
  TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body is of another type"),
  UNKNOWN_RELEASE(422, "There is no such release"),
  OVERLOADED(429, "The worker has more requests than it can answer"),
  TOO_MANY_ATTEMPTS(429, "Too many have tried to sign in"),
  INTERNAL(500, "The worker failed"),
  NOT_READY(503, "The worker is not ready"),
  ENGINE_UNAVAILABLE(503, "The search engine does not answer"),
  SIGNAL_UNAVAILABLE(503, "Events cannot be stored now"),
  CONTROL_UNAVAILABLE(503, "Decisions cannot be stored now");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  /** Stable identifier. */
  String uri() {
    return "urn:searchloop:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
