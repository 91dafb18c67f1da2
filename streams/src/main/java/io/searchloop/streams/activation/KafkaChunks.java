package io.searchloop.streams.activation;

import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyChunk;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.UndecodableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the pieces of a release on the chunk topic. Looks where the release record says they are;
 * failing that, scans each record once and remembers where the pieces of every release lie. So
 * neither a start nor a rollback reads more than its own pieces; payloads are kept only for the
 * release that is wanted.
 *
 * <p>Owned by the policy feed's thread.
 */
public final class KafkaChunks implements ChunkSource, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaChunks.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final TopicPartition partition = new TopicPartition(Topics.POLICY_CHUNKS.name(), 0);
  private final Map<String, NavigableMap<Integer, Long>> offsets = new HashMap<>();
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final AvroSerde<PolicyChunk> serde;
  private final long idlePolls;
  private @Nullable Consumer<byte[], byte[]> consumer;
  private long scanned;

  /**
   * @param consumers opens the consumer at the first fetch
   * @param timeout how long to wait for pieces: partitions of one transaction become visible one
   *     after another, so a release may be read a moment before its pieces
   */
  public KafkaChunks(
      Supplier<Consumer<byte[], byte[]>> consumers,
      AvroSerde<PolicyChunk> serde,
      Duration timeout) {
    this.consumers = consumers;
    this.serde = serde;
    this.idlePolls = Math.max(1, timeout.dividedBy(POLL));
  }

  @Override
  public Map<Integer, byte[]> fetch(ReleaseManifest manifest) {
    return fetch(manifest, -1);
  }

  @Override
  public Map<Integer, byte[]> fetch(ReleaseManifest manifest, long firstChunk) {
    Consumer<byte[], byte[]> reader = reader();
    Map<Integer, byte[]> pieces = new HashMap<>();
    String release = manifest.releaseId();
    NavigableMap<Integer, Long> known = offsets.getOrDefault(release, new TreeMap<>());
    if (!known.isEmpty()) {
      read(reader, release, known, pieces);
    } else if (firstChunk >= 0 && !look(reader, manifest, firstChunk, pieces)) {
      return pieces;
    }
    if (pieces.size() < manifest.chunks()) {
      scan(reader, manifest, pieces);
    }
    return pieces;
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close();
    }
  }

  private Consumer<byte[], byte[]> reader() {
    if (consumer == null) {
      consumer = consumers.get();
      consumer.assign(List.of(partition));
    }
    return consumer;
  }

  /** Reads pieces whose offsets are known. */
  private void read(
      Consumer<byte[], byte[]> reader,
      String release,
      NavigableMap<Integer, Long> known,
      Map<Integer, byte[]> pieces) {
    long last = known.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    reader.seek(partition, known.values().stream().mapToLong(Long::longValue).min().orElseThrow());
    for (int idle = 0; reader.position(partition) <= last && idle < idlePolls; ) {
      ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
      records.forEach(record -> keep(record, release, pieces));
      idle = records.isEmpty() ? idle + 1 : 0;
    }
  }

  /**
   * Reads where the first piece is said to be; the pieces of a transaction lie in a row. False when
   * the log ends there, so that nothing is left to search.
   */
  private boolean look(
      Consumer<byte[], byte[]> reader,
      ReleaseManifest manifest,
      long firstChunk,
      Map<Integer, byte[]> pieces) {
    reader.seek(partition, firstChunk);
    long last = firstChunk + manifest.chunks();
    int idle = 0;
    while (pieces.size() < manifest.chunks() && reader.position(partition) <= last) {
      ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
      records.forEach(record -> keep(record, manifest.releaseId(), pieces));
      idle = records.isEmpty() ? idle + 1 : 0;
      if (idle >= idlePolls) {
        return false;
      }
    }
    return true;
  }

  /** Goes on where the last scan ended, until the release is whole or nothing new comes. */
  private void scan(
      Consumer<byte[], byte[]> reader, ReleaseManifest manifest, Map<Integer, byte[]> pieces) {
    reader.seek(partition, scanned);
    for (int idle = 0; pieces.size() < manifest.chunks() && idle < idlePolls; ) {
      ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
      records.forEach(this::index);
      records.forEach(record -> keep(record, manifest.releaseId(), pieces));
      scanned = reader.position(partition);
      idle = records.isEmpty() ? idle + 1 : 0;
    }
  }

  private void index(ConsumerRecord<byte[], byte[]> record) {
    ChunkKey key = ChunkKey.parse(new String(record.key(), StandardCharsets.UTF_8));
    NavigableMap<Integer, Long> pieces =
        offsets.computeIfAbsent(key.releaseId(), id -> new TreeMap<>());
    if (record.value() == null) {
      pieces.remove(key.index());
    } else {
      pieces.put(key.index(), record.offset());
    }
  }

  private void keep(
      ConsumerRecord<byte[], byte[]> record, String release, Map<Integer, byte[]> pieces) {
    ChunkKey key = ChunkKey.parse(new String(record.key(), StandardCharsets.UTF_8));
    if (!key.releaseId().equals(release)) {
      return;
    }
    if (record.value() == null) { // pruned
      pieces.remove(key.index());
      return;
    }
    try {
      pieces.put(key.index(), Packed.bytes(serde.deserialize(record.value()).getPayload()));
    } catch (UndecodableRecordException e) { // counts as missing, which rejects the release
      log.warn("Chunk unreadable: releaseId={} offset={}", release, record.offset(), e);
    }
  }
}
