package io.searchloop.app.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Times of the logs, {@code 2011-08-11 03:59:04.27}: they name no zone, so UTC stands in. */
public final class LogTime {
  private LogTime() {}

  /** Time in a field of a line; empty when there is none. */
  public static Optional<Instant> of(JsonNode line, String field) {
    try {
      String text = line.path(field).asText("").replace(' ', 'T');
      return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
