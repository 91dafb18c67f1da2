package io.searchloop.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;

/** Reads the bodies of actions strictly: what is misspelt or of another type is refused by name. */
final class ActionJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .findAndAddModules()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ActionJson() {}

  /**
   * The action in a body.
   *
   * @throws ConsoleProblem naming the field that cannot be used
   */
  static <T extends Record> T read(ByteBuffer body, Class<T> type) {
    try {
      T action = JSON.readValue(new ByteBufferBackedInputStream(body.duplicate()), type);
      if (action == null) {
        throw ConsoleProblem.badRequest("Body is null, expected one JSON object. Send one.");
      }
      return action;
    } catch (UnrecognizedPropertyException e) {
      throw ConsoleProblem.badRequest(
          "Field `%s` is unknown, expected some of %s. Correct its name or leave it out."
              .formatted(e.getPropertyName(), e.getKnownPropertyIds()));
    } catch (JsonMappingException e) {
      throw ConsoleProblem.badRequest(
          "Field `%s` cannot be used: %s".formatted(path(e), e.getOriginalMessage()));
    } catch (JsonProcessingException e) {
      throw notJson(e.getOriginalMessage());
    } catch (IOException e) { // no UTF, which Jackson tells apart from broken JSON
      throw notJson(String.valueOf(e.getMessage()));
    }
  }

  private static ConsoleProblem notJson(String found) {
    return ConsoleProblem.badRequest(
        "Body is not JSON: %s. Send one JSON object.".formatted(found));
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("."));
  }
}
