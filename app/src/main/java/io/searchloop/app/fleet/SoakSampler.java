package io.searchloop.app.fleet;

import io.searchloop.app.log.GroupOffsets;
import io.searchloop.jobs.assembly.MinibatchJob;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.jobs.health.PolicyHealthJob;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Looks at a fleet from outside: processes, Kafka, Flink, disks. One thread. */
final class SoakSampler implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final double MEBIBYTE = 1024 * 1024;
  private static final List<String> JOBS =
      List.of(RewardJob.NAME, MinibatchJob.NAME, EngineRewardJob.NAME, PolicyHealthJob.NAME);

  private static final String GROUPS = "searchloop-";

  private final Fleet fleet;
  private final FleetFiles files;
  private final SeveralWorkers workers;
  private final InstantSource clock;
  private final Admin admin;
  private final GroupOffsets groups;

  SoakSampler(Fleet fleet, FleetFiles files, SeveralWorkers workers, InstantSource clock) {
    this.fleet = fleet;
    this.files = files;
    this.workers = workers;
    this.clock = clock;
    this.admin = Admin.create(fleet.brokers().with(Map.of()));
    this.groups = new GroupOffsets(fleet.brokers(), PATIENCE);
  }

  /** Looks now. */
  SoakSample look(Instant since) {
    return new SoakSample(
        Duration.between(since, clock.instant()).toMillis() / 60e3,
        fleet.components().stream()
            .collect(
                Collectors.toMap(
                    Component::name, component -> component.process().resident() / MEBIBYTE)),
        lag(),
        JOBS.stream().collect(Collectors.toMap(Function.identity(), fleet.keeper()::checkpoints)),
        mebibytes(Meter.bytes(fleet.brokers())),
        Map.of("flink", size(files.checkpoints()), "trainer", size(files.trainer())),
        workers.searches(),
        workers.failed());
  }

  /** Records that the jobs and the trainer have not read yet, by their groups' own account. */
  private Map<String, Long> lag() {
    Map<String, Long> lag = new HashMap<>();
    Stream.concat(JOBS.stream().map(GROUPS::concat), Stream.of(KafkaMinibatchSource.GROUP))
        .forEach(
            group -> {
              Map<TopicPartition, Long> read = groups.of(group);
              if (!read.isEmpty()) {
                lag.put(group, behind(read));
              }
            });
    return lag;
  }

  private long behind(Map<TopicPartition, Long> read) {
    Map<TopicPartition, ListOffsetsResultInfo> ends = ends(read.keySet());
    return read.entrySet().stream()
        .mapToLong(
            at -> {
              ListOffsetsResultInfo end = ends.get(at.getKey());
              return end == null ? 0 : Math.max(0, end.offset() - at.getValue());
            })
        .sum();
  }

  private Map<TopicPartition, ListOffsetsResultInfo> ends(Set<TopicPartition> partitions) {
    try {
      return admin
          .listOffsets(
              partitions.stream()
                  .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not tell where its topics end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Kafka was asked", e);
    }
  }

  private static Map<String, Double> mebibytes(Map<String, Long> bytes) {
    return bytes.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, size -> size.getValue() / MEBIBYTE));
  }

  /** Size of a folder whose files come and go meanwhile. */
  private static double size(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.mapToLong(SoakSampler::length).sum() / MEBIBYTE;
    } catch (NoSuchFileException | UncheckedIOException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long length(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0; // gone since it was listed
    }
  }

  @Override
  public void close() {
    groups.close();
    admin.close();
  }
}
