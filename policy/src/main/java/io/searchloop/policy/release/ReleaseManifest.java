package io.searchloop.policy.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a release says of itself. Travels as JSON bytes that are hashed and signed as they are.
 *
 * @param format version of the manifest format: {@link #FORMAT}, or {@link #FORMAT_WITH_BASE}
 * @param releaseId logical id, stable across clusters
 * @param parentVersion policy version it was trained from; -1 for the first
 * @param lineage offset of the rollback that began its lineage; -1 for the first
 * @param step trainer step; 0 is the warm start
 * @param chunks pieces on the chunk topic; 0 for a refusal
 * @param length bytes of the artifact, as it is after a delta was applied
 * @param sha256 SHA-256 of the artifact, hex
 * @param checkpoint SHA-256 of the trainer's checkpoint, hex
 * @param provenance where it comes from
 * @param basedOn what the pieces are a delta upon; null, and not written, when they are the
 *     artifact itself, so that manifests of keyframes keep the form that every reader knows
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
    PolicyProvenance provenance,
    @JsonProperty @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReleaseBase basedOn) {
  /** The format of keyframes and refusals. */
  public static final int FORMAT = 1;

  /** The format of deltas, which a reader of format 1 must refuse. */
  public static final int FORMAT_WITH_BASE = 2;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public ReleaseManifest {
    Present.require("releaseId", releaseId);
    Present.require("sha256", sha256);
    Present.require("checkpoint", checkpoint);
    Present.require("provenance", provenance);
    if (basedOn != null && format == FORMAT) {
      throw new IllegalArgumentException(
          "Manifest of format %d names a base, expected format %d. Write it with onBase."
              .formatted(FORMAT, FORMAT_WITH_BASE));
    }
  }

  /** The manifest of a keyframe or a refusal. */
  public ReleaseManifest(
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
    this(
        format,
        releaseId,
        parentVersion,
        lineage,
        step,
        chunks,
        length,
        sha256,
        checkpoint,
        provenance,
        null);
  }

  /**
   * The same release, carried as a delta.
   *
   * @param pieces chunks of the delta
   */
  public ReleaseManifest onBase(ReleaseBase base, int pieces) {
    return new ReleaseManifest(
        FORMAT_WITH_BASE,
        releaseId,
        parentVersion,
        lineage,
        step,
        pieces,
        length,
        sha256,
        checkpoint,
        provenance,
        base);
  }

  /** The same release with other provenance. */
  public ReleaseManifest withProvenance(PolicyProvenance other) {
    return new ReleaseManifest(
        format,
        releaseId,
        parentVersion,
        lineage,
        step,
        chunks,
        length,
        sha256,
        checkpoint,
        other,
        basedOn);
  }

  /** What the pieces are a delta upon; empty for a keyframe. */
  public Optional<ReleaseBase> base() {
    return Optional.ofNullable(basedOn);
  }

  /** Bytes of the pieces, all together. */
  public long carriedBytes() {
    return basedOn == null ? length : basedOn.carriedBytes();
  }

  /** The bytes that are carried and signed. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest is always JSON", e);
    }
  }

  /**
   * Reads a manifest; its format is judged before its fields, which a newer one may add to.
   *
   * @throws InvalidReleaseException when it is no manifest or of a newer format
   */
  public static ReleaseManifest fromJson(byte[] json) {
    try {
      int format = JSON.readTree(json).path("format").asInt();
      if (format != FORMAT && format != FORMAT_WITH_BASE) {
        throw new InvalidReleaseException(
            ReleaseFault.FORMAT,
            "Manifest format %d, expected %d or %d. Upgrade this reader."
                .formatted(format, FORMAT, FORMAT_WITH_BASE));
      }
      return JSON.readValue(json, ReleaseManifest.class);
    } catch (IOException e) {
      throw new InvalidReleaseException("Manifest is not readable JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Checks an artifact against length and hash.
   *
   * @throws InvalidReleaseException naming what differs
   */
  public void verify(byte[] artifact) {
    if (artifact.length != length) {
      throw new InvalidReleaseException(
          ReleaseFault.HASH,
          "Release %s: %d bytes, the manifest says %d. Publish it again, or activate another."
              .formatted(releaseId, artifact.length, length));
    }
    String found = Sha256.of(artifact);
    if (!found.equals(sha256)) {
      throw new InvalidReleaseException(
          ReleaseFault.HASH,
          "Release %s: SHA-256 %s, the manifest says %s. Publish it again, or activate another."
              .formatted(releaseId, found, sha256));
    }
  }
}
