package io.searchloop.streams.http;

import java.util.Map;

/**
 * An answer.
 *
 * @param headers further headers
 * @param afterwards runs once the answer is sent, or the client is gone; must not wait
 */
record HttpReply(
    int status, String contentType, String body, Map<String, String> headers, Runnable afterwards) {
  static final int OK = 200;
  static final int ACCEPTED = 202;

  private static final Runnable NOTHING = () -> {};

  HttpReply {
    headers = Map.copyOf(headers);
  }

  /** An answer with nothing to do afterwards. */
  HttpReply(int status, String contentType, String body, Map<String, String> headers) {
    this(status, contentType, body, headers, NOTHING);
  }

  /** The same answer, with something to do once it is sent. */
  HttpReply then(Runnable task) {
    return new HttpReply(status, contentType, body, headers, task);
  }

  /** An object as JSON. */
  static HttpReply json(int status, Object content) {
    return new HttpReply(status, "application/json", Json.text(content), Map.of());
  }

  /** Plain text. */
  static HttpReply text(int status, String content) {
    return new HttpReply(status, "text/plain; charset=utf-8", content, Map.of());
  }
}
