package io.searchloop.policy.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;

/**
 * What a policy directory says of itself, {@code manifest.json}.
 *
 * @param format version of the directory format
 * @param spec dimensions, prompt and answer format
 * @param files every other file of the directory by name
 * @param provenance where the policy comes from
 */
public record DirectoryManifest(
    int format, PolicySpec spec, Map<String, SealedFile> files, PolicyProvenance provenance) {
  /** The format this code writes and reads. */
  public static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * A file as it was when the directory was sealed.
   *
   * @param length bytes
   * @param sha256 SHA-256 of its bytes, hex
   */
  public record SealedFile(long length, String sha256) {}

  public DirectoryManifest {
    Present.require("spec", spec);
    Present.require("provenance", provenance);
    files = Present.copy("files", files);
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest is always JSON", e);
    }
  }

  /**
   * Reads a manifest; its format is judged before its fields, which a newer one may add to.
   *
   * @throws InvalidReleaseException when it is none, or of another format
   */
  static DirectoryManifest fromJson(String where, byte[] json) {
    try {
      int format = JSON.readTree(json).path("format").asInt();
      if (format != FORMAT) {
        throw new InvalidReleaseException(
            ReleaseFault.FORMAT,
            "%s: found format %d, expected %d. Use the searchloop that wrote it, or train again."
                .formatted(where, format, FORMAT));
      }
      return JSON.readValue(json, DirectoryManifest.class);
    } catch (IOException e) {
      throw new InvalidReleaseException(
          "%s: found no readable manifest (%s). Was the training interrupted? Run it again."
              .formatted(where, e.getMessage()),
          e);
    }
  }
}
