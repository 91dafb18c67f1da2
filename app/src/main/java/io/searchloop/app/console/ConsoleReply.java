package io.searchloop.app.console;

import io.searchloop.app.json.ReportJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What is sent back.
 *
 * @param body read-only
 */
record ConsoleReply(int status, String contentType, ByteBuffer body) {
  private static final int OK = 200;

  ConsoleReply {
    body = body.asReadOnlyBuffer();
  }

  static ConsoleReply ok(Object content) {
    return json(OK, "application/json", content);
  }

  static ConsoleReply json(int status, String contentType, Object content) {
    return new ConsoleReply(
        status,
        contentType,
        ByteBuffer.wrap(ReportJson.text(content).getBytes(StandardCharsets.UTF_8)));
  }

  static ConsoleReply file(String contentType, byte[] content) {
    return new ConsoleReply(OK, contentType, ByteBuffer.wrap(content));
  }
}
