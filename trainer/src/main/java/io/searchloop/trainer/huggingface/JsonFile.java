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
    JsonNode node = parse(file, Files.readAllBytes(file));
    if (!node.isObject()) {
      throw new UnsupportedModelException(
          file + " holds no JSON object. Copy it again from the model's source.");
    }
    return node;
  }

  private static JsonNode parse(Path file, byte[] content) {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw noJson(file, e.getOriginalMessage(), e);
    } catch (IOException e) { // no UTF, which Jackson tells apart from broken JSON
      throw noJson(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static UnsupportedModelException noJson(Path file, String found, IOException cause) {
    return new UnsupportedModelException(
        "%s is no JSON: %s. Copy it again from the model's source.".formatted(file, found), cause);
  }

  static void write(Path file, JsonNode node) throws IOException {
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
  }
}
