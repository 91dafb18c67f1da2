package io.searchloop.app.bench.attribution;

import io.searchloop.app.launcher.FlinkConfig;
import io.searchloop.schemas.serde.Serdes;
import java.time.Duration;

/**
 * First line that a process with Flink in it reads: where it is and how it works.
 *
 * @param directory home of its checkpoints
 * @param bootstrapServers Kafka
 * @param registryUrl schema registry
 * @param stateBackend where its state lives
 * @param rocksdbMemoryMb memory of RocksDB
 * @param checkpointInterval interval of checkpoints
 * @param parallelism subtasks of every operator that may have several
 */
record FlinkSetup(
    String directory,
    String bootstrapServers,
    String registryUrl,
    FlinkConfig.StateBackend stateBackend,
    int rocksdbMemoryMb,
    Duration checkpointInterval,
    int parallelism) {

  FlinkConfig flinkConfig() {
    return new FlinkConfig(
        0, parallelism, parallelism, checkpointInterval, stateBackend, rocksdbMemoryMb);
  }

  Serdes serdes() {
    return new Serdes(registryUrl, false);
  }
}
