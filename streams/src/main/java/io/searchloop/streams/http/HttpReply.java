package io.searchloop.streams.http;

import java.util.Map;

/**
 * An answer.
 *
 * @param headers further headers
 */
record HttpReply(int status, String contentType, String body, Map<String, String> headers) {
  static final int OK = 200;
  static final int ACCEPTED = 202;

  HttpReply {
    headers = Map.copyOf(headers);
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
