package io.searchloop.learning.event;

import io.searchloop.schemas.SearchEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether two events are one. Storefronts retry, so the same event may be produced twice; its
 * {@code event_id} names it, and without one the SHA-256 of its content does.
 */
public final class EventIdentity {
  private EventIdentity() {}

  /** The {@code event_id}, or 64 hexadecimal digits of the content's SHA-256. */
  public static String of(SearchEvent event) {
    return event.getEventId().isEmpty() ? contentHash(event) : event.getEventId();
  }

  private static String contentHash(SearchEvent event) {
    try {
      ByteBuffer content = SearchEvent.getEncoder().encode(event);
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(content);
      return HexFormat.of().formatHex(sha256.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("Encoding an event in memory", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform provides SHA-256", e);
    }
  }
}
