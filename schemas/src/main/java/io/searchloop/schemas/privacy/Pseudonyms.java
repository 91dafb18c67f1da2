package io.searchloop.schemas.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.QueryTime;
import io.searchloop.schemas.SearchEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts a keyed hash in the place of {@code client_id} and {@code session_id}, so that nothing
 * behind the doors of the loop names a visitor as the shop does, and everything a visitor did still
 * comes together.
 *
 * <p>A search is under the key that held when it was decided, and so is every event that names it:
 * its id tells the time. That is what lets a key be replaced while searches are open. An event that
 * names no search is under the key that holds when it arrives.
 *
 * <p>Immutable; any thread.
 */
public final class Pseudonyms {
  /** Leaves every name as it is: no key is set. */
  public static final Pseudonyms NONE = new Pseudonyms(List.of());

  private static final List<String> NAMES = List.of("client_id", "session_id");

  /** The newest first. */
  private final List<PseudonymKey> keys;

  Pseudonyms(List<PseudonymKey> keys) {
    this.keys = keys.stream().sorted(Comparator.comparing(PseudonymKey::since).reversed()).toList();
  }

  /**
   * Reads the keys of a file.
   *
   * @param file as {@code ./searchloop privacy key} writes it; blank for none
   * @throws IllegalArgumentException when there is no such file, or it is none of keys
   */
  public static Pseudonyms of(String file) {
    return file.isBlank() ? NONE : new Pseudonyms(PseudonymFile.read(Path.of(file)));
  }

  /** Whether names are replaced at all. */
  public boolean enabled() {
    return !keys.isEmpty();
  }

  /** How many keys are known. */
  public int count() {
    return keys.size();
  }

  /** The decision under pseudonyms. */
  public Decision of(Decision decision) {
    if (!enabled()) {
      return decision;
    }
    PseudonymKey key = key(decision.getQueryId(), decision.getTimestamp());
    return Decision.newBuilder(decision)
        .setClientId(key.of(decision.getClientId()))
        .setSessionId(key.of(decision.getSessionId()))
        .build();
  }

  /**
   * The event under pseudonyms.
   *
   * @param now when it is sent or received
   */
  public SearchEvent of(SearchEvent event, Instant now) {
    if (!enabled()) {
      return event;
    }
    PseudonymKey key = key(event.getQueryId(), now);
    return SearchEvent.newBuilder(event)
        .setClientId(key.of(event.getClientId()))
        .setSessionId(key.of(event.getSessionId()))
        .build();
  }

  /**
   * An event that nobody has checked yet, under pseudonyms: it may become a dead letter, which must
   * name nobody either. Of a name that is no text only 0 is left, which a reader refuses as it
   * would have refused the name.
   *
   * @param now when it was received
   */
  public JsonNode of(JsonNode event, Instant now) {
    if (!enabled() || !(event instanceof ObjectNode object)) {
      return event;
    }
    PseudonymKey key = key(object.path("query_id").asText(""), now);
    ObjectNode replaced = object.deepCopy();
    for (String field : NAMES) {
      JsonNode name = object.path(field);
      if (name.isTextual()) {
        replaced.put(field, key.of(name.textValue()));
      } else if (!name.isMissingNode() && !name.isNull()) {
        replaced.put(field, 0);
      }
    }
    return replaced;
  }

  /**
   * Every name a visitor may have in the loop: one for each key, the newest first, then the name
   * itself, for what was stored before there was a key.
   *
   * @param name as the shop knows the visitor
   */
  public Set<String> allOf(String name) {
    Set<String> all = new LinkedHashSet<>();
    keys.forEach(key -> all.add(key.of(name)));
    all.add(name);
    return all;
  }

  private PseudonymKey key(String queryId, Instant otherwise) {
    Instant at = QueryTime.of(queryId).orElse(otherwise);
    return keys.stream()
        .filter(key -> !key.since().isAfter(at))
        .findFirst()
        .orElseGet(() -> keys.get(keys.size() - 1));
  }

  /** Never the secrets. */
  @Override
  public String toString() {
    return keys.toString();
  }
}
