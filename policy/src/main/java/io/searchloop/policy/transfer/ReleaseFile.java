package io.searchloop.policy.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.MovedRelease;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseFault;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.signing.ReleaseSignature;
import io.searchloop.policy.signing.TrustedKeys;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;

/**
 * One release as a file: the manifest as it was signed, its signature, where it comes from, and the
 * whole artifact, which holds the tokenizer; deltas are applied before. A ZIP with stored entries
 * in fixed order and without dates, so one release has one file, byte by byte, whenever it is
 * exported.
 */
public final class ReleaseFile {
  /** The format this code writes and reads. */
  public static final int FORMAT = 1;

  private static final String SOURCE = "source.json";
  private static final String MANIFEST = "manifest.json";
  private static final String ARTIFACT = "artifact.zip";
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Source source;
  private final byte[] manifestBytes;
  private final ReleaseManifest manifest;
  private final byte[] artifact;

  /**
   * Where a release comes from.
   *
   * @param format version of the file's format
   * @param cluster Kafka's id of the cluster
   * @param version policy version there
   * @param keyId key that signed the manifest; empty when nobody did
   * @param signature over the manifest's bytes, Base64; empty when nobody signed
   */
  public record Source(int format, String cluster, long version, String keyId, String signature) {
    public Source {
      if (cluster.isBlank() || version < 0) {
        throw new IllegalArgumentException(
            "cluster '%s' and version %d, expected a cluster id and an offset of zero or more"
                .formatted(cluster, version));
      }
      Base64.getDecoder().decode(signature);
    }
  }

  private ReleaseFile(Source source, byte[] manifestBytes, byte[] artifact) {
    this.source = source;
    this.manifestBytes = manifestBytes.clone();
    this.manifest = ReleaseManifest.fromJson(manifestBytes);
    this.artifact = artifact.clone();
    manifest.verify(artifact);
    PolicyArtifact.read(artifact);
  }

  /**
   * A release of a log.
   *
   * @param cluster Kafka's id of the cluster
   * @param version offset of the release record
   * @param manifest its manifest's bytes exactly as carried
   * @param artifact the whole artifact, with every delta applied
   * @throws InvalidReleaseException when they do not belong together
   */
  public static ReleaseFile of(
      String cluster, long version, byte[] manifest, ReleaseSignature signature, byte[] artifact) {
    String signed = Base64.getEncoder().encodeToString(signature.bytes());
    return new ReleaseFile(
        new Source(FORMAT, cluster, version, signature.keyId(), signed), manifest, artifact);
  }

  /**
   * Reads and checks a file: form, length, hash and what the artifact holds. Who signed is asked by
   * {@link #verify}.
   *
   * @param name of the file, for messages
   * @throws InvalidReleaseException saying what is wrong with it
   */
  public static ReleaseFile read(String name, byte[] bytes) {
    Map<String, byte[]> entries = StoredZip.read(name, bytes, SOURCE, MANIFEST, ARTIFACT);
    try {
      byte[] source = entries.getOrDefault(SOURCE, new byte[0]);
      int format = JSON.readTree(source).path("format").asInt();
      if (format != FORMAT) {
        throw new InvalidReleaseException(
            ReleaseFault.FORMAT,
            "%s: found format %d, expected %d. Use the searchloop that wrote it, or export again."
                .formatted(name, format, FORMAT));
      }
      return new ReleaseFile(
          JSON.readValue(source, Source.class),
          entries.getOrDefault(MANIFEST, new byte[0]),
          entries.getOrDefault(ARTIFACT, new byte[0]));
    } catch (IOException e) {
      throw new InvalidReleaseException(
          "%s: `%s` is not readable (%s). Export the release again."
              .formatted(name, SOURCE, e.getMessage()),
          e);
    }
  }

  /** The file's bytes. */
  public byte[] toBytes() {
    return StoredZip.write(
        Map.entry(SOURCE, json(source)),
        Map.entry(MANIFEST, manifestBytes),
        Map.entry(ARTIFACT, artifact));
  }

  /** Where it comes from. */
  public Source source() {
    return source;
  }

  /** What the release says of itself, in the words of its own cluster. */
  public ReleaseManifest manifest() {
    return manifest;
  }

  /** The whole artifact; a copy. */
  public byte[] artifact() {
    return artifact.clone();
  }

  /**
   * Checks who vouches for it. The version it had is what the file says and nobody signed, so only
   * keys count that are trusted for every version.
   *
   * @param keys trusted keys of the source
   * @throws InvalidReleaseException when nobody does that is trusted for any version
   */
  public void verify(TrustedKeys keys) {
    keys.ofAnyVersion()
        .verify(
            source.version(),
            manifestBytes,
            new ReleaseSignature(source.keyId(), Base64.getDecoder().decode(source.signature())));
  }

  /**
   * What the release says of itself in another log: the same id, artifact and checkpoint, carried
   * whole; parent, lineage, step and minibatches are that log's, and all it said before is kept
   * under {@code movedFrom}.
   */
  public ReleaseManifest placed(Placement place) {
    MovedRelease from =
        new MovedRelease(
            source.cluster(),
            source.version(),
            Base64.getEncoder().encodeToString(manifestBytes),
            source.keyId(),
            source.signature());
    return new ReleaseManifest(
        ReleaseManifest.FORMAT,
        manifest.releaseId(),
        place.parentVersion(),
        place.lineage(),
        place.step(manifest.step()),
        ArtifactChunks.split(artifact).size(),
        manifest.length(),
        manifest.sha256(),
        manifest.checkpoint(),
        manifest.provenance().moved(from, place.nextMinibatch()));
  }

  private static byte[] json(Source source) {
    try {
      return JSON.writeValueAsBytes(source);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A source is always JSON", e);
    }
  }
}
