package io.searchloop.policy.release;

import java.util.Base64;

/**
 * A release as another cluster has it. Every offset in its manifest (parent, lineage, base,
 * minibatches) is one of that cluster's topics, so the manifest stays what was signed there, beside
 * the name of the cluster.
 *
 * @param cluster Kafka's id of the cluster
 * @param version policy version there: offset of its release record
 * @param manifest the manifest's bytes as they were signed, Base64
 * @param keyId key that signed them; empty when nobody did
 * @param signature over the bytes, Base64; empty when nobody signed
 */
public record MovedRelease(
    String cluster, long version, String manifest, String keyId, String signature) {

  public MovedRelease {
    if (cluster.isBlank() || version < 0) {
      throw new IllegalArgumentException(
          "Release moved from cluster '%s' version %d, expected a cluster id and an offset of zero or more"
              .formatted(cluster, version));
    }
  }

  /** The manifest's bytes as they were signed. */
  public byte[] manifestBytes() {
    return Base64.getDecoder().decode(manifest);
  }

  /** The signature; of no bytes when nobody signed. */
  public byte[] signatureBytes() {
    return Base64.getDecoder().decode(signature);
  }
}
