package io.searchloop.trainer.huggingface;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON objects in files, written whole or not at all. */
final class JsonFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonFile() {}

  static JsonNode read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UnsupportedModelException(
          file
              + " is missing. Expected a directory in Hugging Face's layout, with config.json,"
              + " safetensors and tokenizer.json.");
    }
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(file));
      if (!node.isObject()) {
        throw new UnsupportedModelException(
            file + " holds no JSON object. Copy it again from the model's source.");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new UnsupportedModelException(
          "%s is no JSON: %s. Copy it again from the model's source."
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }

  static void write(Path file, JsonNode node) throws IOException {
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
  }
}
