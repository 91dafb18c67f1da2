package io.searchloop.app.launcher;

import io.searchloop.schemas.config.Setting;
import java.time.Duration;
import java.util.Locale;

/**
 * Size and pace of the embedded Flink cluster. Bound under {@code flink}.
 *
 * @param port port of REST interface and dashboard; 0 picks a free one
 * @param parallelism default parallelism of the jobs
 * @param slots task slots; all jobs together need {@code parallelism} each
 * @param checkpointInterval pause between checkpoints; also how long results wait to be visible to
 *     read_committed readers
 * @param stateBackend where keyed state lives
 * @param rocksdbMemoryMb memory of RocksDB's caches and write buffers outside the heap, mebibytes;
 *     unused by the other backend
 */
public record FlinkConfig(
    @Setting(value = "8081", help = "port of Flink's dashboard; 0 picks a free one") int port,
    @Setting(value = "2", help = "default parallelism of the jobs") int parallelism,
    @Setting(value = "8", help = "task slots shared by all jobs") int slots,
    @Setting(value = "PT1S", help = "interval of checkpoints") Duration checkpointInterval,
    @Setting(
            value = "hashmap",
            help = "where keyed state lives: hashmap, on the heap; rocksdb, when it outgrows that")
        StateBackend stateBackend,
    @Setting(value = "256", help = "off-heap memory of RocksDB in MiB") int rocksdbMemoryMb) {
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final int LEAST_ROCKSDB_MEMORY_MB = 32;

  /** Where keyed state lives, by Flink's names. */
  public enum StateBackend {
    /** Objects on the heap; checkpoints copy all of them. */
    HASHMAP,
    /** Bytes in RocksDB, on disk and off the heap; checkpoints upload what is new. */
    ROCKSDB;

    String flinkName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public FlinkConfig {
    Ports.check("port", port);
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism is " + parallelism + ", expected 1 or more");
    }
    if (slots < parallelism) {
      throw new IllegalArgumentException(
          "slots is " + slots + ", expected at least the parallelism, " + parallelism);
    }
    if (checkpointInterval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "checkpoint-interval is " + checkpointInterval + ", expected at least " + SHORTEST);
    }
    if (rocksdbMemoryMb < LEAST_ROCKSDB_MEMORY_MB) {
      throw new IllegalArgumentException(
          "rocksdb-memory-mb is "
              + rocksdbMemoryMb
              + ", expected at least "
              + LEAST_ROCKSDB_MEMORY_MB);
    }
  }
}
