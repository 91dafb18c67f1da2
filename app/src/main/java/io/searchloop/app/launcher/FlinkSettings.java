package io.searchloop.app.launcher;

import io.searchloop.app.launcher.FlinkConfig.StateBackend;
import io.searchloop.jobs.launch.ExactlyOnce;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * Flink on a laptop that shares its heap with everything else, yet keeps production's guarantees:
 * exactly once, from aligned checkpoints that are retained.
 */
final class FlinkSettings {
  /** With state on the heap, operators of ours use no managed memory. */
  private static final MemorySize LITTLE_MANAGED_MEMORY = MemorySize.ofMebiBytes(16);

  /** Buffers between tasks; three jobs of parallelism two use about half. */
  private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(64);

  private FlinkSettings() {}

  static Path temporaryFiles(Path directory) {
    return directory.resolve(".tmp");
  }

  static Configuration cluster(Path directory, FlinkConfig config, int port) {
    Configuration settings = new Configuration();
    settings.set(RestOptions.ADDRESS, Ports.LOOPBACK);
    settings.set(RestOptions.BIND_ADDRESS, Ports.LOOPBACK);
    settings.set(RestOptions.PORT, port);
    settings.set(RestOptions.BIND_PORT, Integer.toString(port));
    settings.set(JobManagerOptions.ADDRESS, Ports.LOOPBACK);
    settings.set(JobManagerOptions.BIND_HOST, Ports.LOOPBACK);
    settings.set(TaskManagerOptions.HOST, Ports.LOOPBACK);
    settings.set(TaskManagerOptions.BIND_HOST, Ports.LOOPBACK);
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, managedMemory(config));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_MEMORY);
    settings.set(CoreOptions.TMP_DIRS, temporaryFiles(directory).toString());
    settings.set(CoreOptions.DEFAULT_PARALLELISM, config.parallelism());
    // Whoever reaches the dashboard may look and cancel, but not run code of theirs.
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.addAll(ExactlyOnce.restarts());
    return settings;
  }

  static Configuration job(Path checkpoints, FlinkConfig config) {
    Configuration settings = new Configuration();
    settings.set(CoreOptions.DEFAULT_PARALLELISM, config.parallelism());
    settings.set(DeploymentOptions.TARGET, "local");
    settings.set(DeploymentOptions.ATTACHED, true);
    settings.set(StateBackendOptions.STATE_BACKEND, config.stateBackend().flinkName());
    settings.set(
        CheckpointingOptions.INCREMENTAL_CHECKPOINTS,
        config.stateBackend() == StateBackend.ROCKSDB);
    rocksdb(settings);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    settings.addAll(ExactlyOnce.every(config.checkpointInterval()));
    return settings;
  }

  /**
   * The reward job writes a visitor once or twice, drops it days later, and reads few in between:
   * writing is what costs, and disk is cheap.
   */
  private static void rocksdb(Configuration settings) {
    // One timer a visitor; on the heap it costs no access.
    settings.setString("state.backend.rocksdb.timer-service.factory", "HEAP");
    // Most visitors a record speaks of are new: without a filter every level is read to see that.
    settings.setString("state.backend.rocksdb.use-bloom-filter", "true");
    // Rewrites each value fewer times than levels do.
    settings.setString("state.backend.rocksdb.compaction.style", "UNIVERSAL");
    settings.setString("state.backend.rocksdb.compression.per.level", "NO_COMPRESSION");
  }

  private static MemorySize managedMemory(FlinkConfig config) {
    return config.stateBackend() == StateBackend.ROCKSDB
        ? MemorySize.ofMebiBytes(config.rocksdbMemoryMb())
        : LITTLE_MANAGED_MEMORY;
  }
}
