package io.searchloop.streams.activation;

import io.searchloop.policy.release.ReleaseManifest;
import java.util.Map;

/** Where the pieces of an artifact come from. */
@FunctionalInterface
public interface ChunkSource {
  /**
   * The pieces of a release that can be found, by index; incomplete when some cannot.
   *
   * @throws org.apache.kafka.common.KafkaException when the source cannot be read now; worth a
   *     retry
   */
  Map<Integer, byte[]> fetch(ReleaseManifest manifest);

  /**
   * The same, with a hint.
   *
   * @param firstChunk where the first piece probably lies; -1 when unknown
   */
  default Map<Integer, byte[]> fetch(ReleaseManifest manifest, long firstChunk) {
    return fetch(manifest);
  }
}
