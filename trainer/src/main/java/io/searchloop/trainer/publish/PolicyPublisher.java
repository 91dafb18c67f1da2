package io.searchloop.trainer.publish;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.signing.ReleaseSignature;
import io.searchloop.policy.signing.ReleaseSigner;
import io.searchloop.schemas.PolicyChunk;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes in one Kafka transaction: the chunks, the release record, and the offsets of the
 * minibatches behind it. Either all of them exist or none, so a minibatch trains exactly once in a
 * lineage whenever the trainer dies. The transactional id fences a second trainer.
 */
public final class PolicyPublisher implements ReleaseSink {
  /** There is one trainer; whoever opens last holds the pen. */
  public static final String TRANSACTIONAL_ID = "searchloop-trainer";

  private static final long NO_CHUNK = -1;
  private static final int TRANSACTION_TIMEOUT_MS = 120_000;
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Producer<String, byte[]> producer;
  private final AvroSerde<PolicyChunk> chunks;
  private final AvroSerde<PolicyRelease> releases;
  private final ReleaseSigner signer;
  private final Supplier<ConsumerGroupMetadata> minibatchGroup;

  /**
   * @param producer transactional producer; closed with this publisher
   * @param signer vouches for every release and refusal
   * @param minibatchGroup consumer group of the minibatches, as its consumer sees it
   */
  public PolicyPublisher(
      Producer<String, byte[]> producer,
      AvroSerde<PolicyChunk> chunks,
      AvroSerde<PolicyRelease> releases,
      ReleaseSigner signer,
      Supplier<ConsumerGroupMetadata> minibatchGroup) {
    this.producer = producer;
    this.chunks = chunks;
    this.releases = releases;
    this.signer = signer;
    this.minibatchGroup = minibatchGroup;
  }

  /** A publisher on a broker. */
  public static PolicyPublisher connect(
      Brokers bootstrapServers,
      Serdes serdes,
      ReleaseSigner signer,
      Supplier<ConsumerGroupMetadata> minibatchGroup) {
    Map<String, Object> settings =
        bootstrapServers.with(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "trainer-releases",
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                TRANSACTIONAL_ID,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                TRANSACTION_TIMEOUT_MS,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "all",
                // Half of a bfloat16 weight that travels as float32 is zeros.
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "zstd"));
    return new PolicyPublisher(
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()),
        serdes.of(Topics.POLICY_CHUNKS),
        serdes.of(Topics.POLICY_RELEASES),
        signer,
        minibatchGroup);
  }

  @Override
  public void open() {
    producer.initTransactions();
  }

  @Override
  public long release(ReleaseManifest manifest, byte[] carried, OptionalLong nextMinibatch) {
    return inTransaction(
        manifest,
        () -> {
          long firstChunk = sendChunks(manifest, ArtifactChunks.split(carried));
          Future<RecordMetadata> sent =
              send(record(manifest, ReleaseStatus.RELEASED, "", firstChunk));
          nextMinibatch.ifPresent(this::sendOffset);
          return sent;
        });
  }

  @Override
  public long refuse(ReleaseManifest manifest, String reason, long nextMinibatch) {
    PolicyRelease record = record(manifest, ReleaseStatus.REFUSED, reason, NO_CHUNK);
    return inTransaction(
        manifest,
        () -> {
          Future<RecordMetadata> sent = send(record);
          sendOffset(nextMinibatch);
          return sent;
        });
  }

  @Override
  public void close() {
    // Not for ever: a coordinator that does not answer would keep a failed trainer alive.
    producer.close(CLOSING);
  }

  private long inTransaction(ReleaseManifest manifest, Supplier<Future<RecordMetadata>> sends) {
    try {
      producer.beginTransaction();
      Future<RecordMetadata> sent = sends.get();
      producer.commitTransaction();
      return sent.get().offset();
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw new ReleaseNotPublishedException(
          "Release "
              + manifest.releaseId()
              + ": another trainer has taken transactional id `"
              + TRANSACTIONAL_ID
              + "`. Run one trainer only; this one must stop.",
          e);
    } catch (KafkaException | ExecutionException e) {
      abort(e);
      throw notPublished(manifest, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notPublished(manifest, e);
    }
  }

  private void abort(Exception cause) {
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      // Left open, it ends with the next trainer's open() or its timeout; nobody reads it before.
      cause.addSuppressed(e);
    }
  }

  private static ReleaseNotPublishedException notPublished(ReleaseManifest manifest, Exception e) {
    return new ReleaseNotPublishedException(
        "Release "
            + manifest.releaseId()
            + " was not published: "
            + e.getMessage()
            + ". Nothing of it is visible; restart the trainer to resume from the release before.",
        e);
  }

  /** Sends pieces in order and says where the first one lies. */
  private long sendChunks(ReleaseManifest manifest, List<byte[]> pieces) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      PolicyChunk chunk =
          PolicyChunk.newBuilder()
              .setReleaseId(manifest.releaseId())
              .setIndex(i)
              .setCount(pieces.size())
              .setPayload(ByteBuffer.wrap(pieces.get(i)))
              .build();
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  Topics.POLICY_CHUNKS.name(),
                  manifest.releaseId() + "/" + i,
                  chunks.encode(chunk))));
    }
    producer.flush();
    return offset(sent.get(0));
  }

  private static long offset(Future<RecordMetadata> sent) {
    try {
      return sent.get().offset();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException known) {
        throw known; // a fenced trainer is told so, wherever it learns of it
      }
      throw new KafkaException("A chunk was not written: " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private Future<RecordMetadata> send(PolicyRelease record) {
    return producer.send(
        new ProducerRecord<>(
            Topics.POLICY_RELEASES.name(), record.getReleaseId(), releases.encode(record)));
  }

  private void sendOffset(long nextMinibatch) {
    producer.sendOffsetsToTransaction(
        Map.of(
            new TopicPartition(Topics.MINIBATCHES.name(), 0), new OffsetAndMetadata(nextMinibatch)),
        minibatchGroup.get());
  }

  private PolicyRelease record(
      ReleaseManifest manifest, ReleaseStatus status, String reason, long firstChunk) {
    byte[] carried = manifest.toJson();
    ReleaseSignature signature = signer.sign(carried);
    return PolicyRelease.newBuilder()
        .setReleaseId(manifest.releaseId())
        .setStatus(status)
        .setManifest(ByteBuffer.wrap(carried))
        .setSignature(ByteBuffer.wrap(signature.bytes()))
        .setKeyId(signature.keyId())
        .setReason(reason)
        .setFirstChunk(firstChunk)
        .build();
  }
}
