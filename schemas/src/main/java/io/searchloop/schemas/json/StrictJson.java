package io.searchloop.schemas.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.DeadLetterReason;

/** One JSON value and nothing after it; a name twice in an object is refused, never guessed at. */
public final class StrictJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private StrictJson() {}

  /**
   * The object in a text.
   *
   * @throws FieldException when there is none, or more
   */
  public static ObjectNode object(String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new FieldException(
          whole("no JSON (" + firstSentence(e) + ")", "Send one object, each name once."));
    }
    return object(node);
  }

  /**
   * A value as an object.
   *
   * @throws FieldException when it is none
   */
  public static ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new FieldException(whole(FieldFault.shown(node), "Send an object."));
  }

  private static FieldFault whole(String found, String remedy) {
    return new FieldFault(DeadLetterReason.MALFORMED, "", found, "one JSON object", remedy);
  }

  private static String firstSentence(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}
