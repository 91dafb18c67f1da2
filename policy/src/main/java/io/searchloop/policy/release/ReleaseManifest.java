package io.searchloop.policy.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * What a release says of itself. Travels as JSON bytes that are hashed and signed as they are.
 *
 * @param format version of the manifest format
 * @param releaseId logical id, stable across clusters
 * @param parentVersion policy version it was trained from; -1 for the first
 * @param lineage offset of the rollback that began its lineage; -1 for the first
 * @param step trainer step; 0 is the warm start
 * @param chunks pieces on the chunk topic; 0 for a refusal
 * @param length bytes of the artifact
 * @param sha256 SHA-256 of the artifact, hex
 * @param checkpoint SHA-256 of the trainer's checkpoint, hex
 * @param provenance where it comes from
 */
public record ReleaseManifest(
    int format,
    String releaseId,
    long parentVersion,
    long lineage,
    long step,
    int chunks,
    long length,
    String sha256,
    String checkpoint,
    PolicyProvenance provenance) {
  /** The format this code writes and reads. */
  public static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The bytes that are carried and signed. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest is always JSON", e);
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws InvalidReleaseException when it is no manifest or of a newer format
   */
  public static ReleaseManifest fromJson(byte[] json) {
    ReleaseManifest manifest;
    try {
      manifest = JSON.readValue(json, ReleaseManifest.class);
    } catch (IOException e) {
      throw new InvalidReleaseException("Manifest is not readable JSON: " + e.getMessage(), e);
    }
    if (manifest.format() != FORMAT) {
      throw new InvalidReleaseException(
          "Manifest format "
              + manifest.format()
              + ", expected "
              + FORMAT
              + ". Upgrade this reader.");
    }
    return manifest;
  }

  /**
   * Checks an artifact against length and hash.
   *
   * @throws InvalidReleaseException naming what differs
   */
  public void verify(byte[] artifact) {
    if (artifact.length != length) {
      throw new InvalidReleaseException(
          "Release " + releaseId + ": " + artifact.length + " bytes, manifest says " + length);
    }
    String found = Sha256.of(artifact);
    if (!found.equals(sha256)) {
      throw new InvalidReleaseException(
          "Release " + releaseId + ": SHA-256 " + found + ", manifest says " + sha256);
    }
  }
}
