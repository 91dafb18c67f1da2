package io.searchloop.streams.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import io.searchloop.schemas.json.FieldFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** JSON as this API speaks it: snake case, one value a body. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private Json() {}

  static String text(Object content) {
    try {
      return MAPPER.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Replies are always JSON", e);
    }
  }

  /** UTF-8 bytes of a value. */
  static byte[] bytes(JsonNode node) {
    return text(node).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The object in a body.
   *
   * @throws ProblemException when it is none
   */
  static ObjectNode object(ByteBuffer body) {
    JsonNode node;
    try {
      node = MAPPER.readTree(new ByteBufferBackedInputStream(body.duplicate()));
    } catch (JsonProcessingException e) {
      throw notJson(e.getOriginalMessage());
    } catch (IOException e) { // no UTF, which Jackson tells apart from broken JSON
      throw notJson(String.valueOf(e.getMessage()));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new ProblemException(
        ProblemType.BAD_REQUEST,
        "Body is %s, expected one JSON object.".formatted(FieldFault.shown(node)));
  }

  private static ProblemException notJson(String found) {
    return new ProblemException(
        ProblemType.BAD_REQUEST,
        "Body is not JSON: %s; expected one JSON object in UTF-8. Send one.".formatted(found));
  }
}
