package io.searchloop.app.log;

import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Releases without weights, for tests of what is decided about them. */
public final class ReleaseRecords {
  private ReleaseRecords() {}

  /** Publishes releases of a lineage; returns their versions. */
  public static List<Long> publish(Brokers brokers, Serdes serdes, long lineage, int count)
      throws Exception {
    List<Long> versions = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            brokers.with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        versions.add(producer.send(of(serdes, "r" + lineage + "-" + i, lineage, i)).get().offset());
      }
    }
    return versions;
  }

  /** A release as its trainer would append it. */
  public static ProducerRecord<byte[], byte[]> of(
      Serdes serdes, String id, long lineage, long step) {
    PolicyProvenance provenance =
        new PolicyProvenance("training", 0, 0, 0, Map.of(), Map.of(), Map.of(), "test", 0);
    ReleaseManifest manifest =
        new ReleaseManifest(1, id, -1, lineage, step, 1, 1, "", "", provenance);
    PolicyRelease release =
        PolicyRelease.newBuilder()
            .setReleaseId(id)
            .setStatus(ReleaseStatus.RELEASED)
            .setManifest(ByteBuffer.wrap(manifest.toJson()))
            .build();
    return new ProducerRecord<>(
        Topics.POLICY_RELEASES.name(), serdes.of(Topics.POLICY_RELEASES).encode(release));
  }
}
