package io.searchloop.app.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/**
 * Times of the logs, in ISO form with a blank or a T in it: {@code 2011-08-11 03:59:04.27} names no
 * zone, so UTC stands in; {@code 2011-08-11T05:59:04+02:00} does.
 */
public final class LogTime {
  private LogTime() {}

  /** Time in a field of a line; empty when there is none. */
  public static Optional<Instant> of(JsonNode line, String field) {
    String text = line.path(field).asText("").strip().replaceFirst(" ", "T");
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          time instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : LocalDateTime.from(time).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
