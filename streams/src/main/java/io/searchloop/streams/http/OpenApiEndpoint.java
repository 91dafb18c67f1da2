package io.searchloop.streams.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code GET /openapi.json}: this API for machines, as the file beside this class has it. */
final class OpenApiEndpoint implements Endpoint.ImmediateEndpoint {
  private static final String FILE = "openapi.json";

  private final HttpReply reply = new HttpReply(HttpReply.OK, "application/json", text(), Map.of());

  @Override
  public HttpReply answer(HttpCall call) {
    return reply;
  }

  private static String text() {
    try (InputStream file = OpenApiEndpoint.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not in the jar of the worker; build it again.");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + FILE + " from the jar", e);
    }
  }
}
