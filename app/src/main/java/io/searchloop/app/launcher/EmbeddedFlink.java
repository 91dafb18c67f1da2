package io.searchloop.app.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink cluster in this process with its dashboard, running the very jobs of production. A job
 * has a name that outlives processes: {@link #submit} goes on from the newest complete checkpoint
 * of that name, after a {@link #close} as after {@code kill -9}.
 *
 * <p>Checkpoints lie in {@code directory/NAME}. Thread-safe, but submit a name once at a time.
 */
public final class EmbeddedFlink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedFlink.class);

  private final MiniCluster cluster;
  private final Path directory;
  private final FlinkConfig config;
  private final int port;
  private final Map<String, JobID> jobs = new ConcurrentHashMap<>();

  private EmbeddedFlink(MiniCluster cluster, Path directory, FlinkConfig config, int port) {
    this.cluster = cluster;
    this.directory = directory;
    this.config = config;
    this.port = port;
  }

  /**
   * Starts the cluster without jobs.
   *
   * @param directory home of checkpoints and temporary files
   * @param config size and pace
   * @throws PortInUseException when the dashboard's port is taken
   */
  public static EmbeddedFlink start(Path directory, FlinkConfig config) {
    return start(directory, config, Map.of());
  }

  /**
   * Starts the cluster with further settings of Flink, such as a metric reporter.
   *
   * @param further settings by Flink's own keys; they go before ours
   */
  public static EmbeddedFlink start(
      Path directory, FlinkConfig config, Map<String, String> further) {
    int port = Ports.claim(config.port(), "Flink dashboard", "--flink.port");
    Path home = directory.toAbsolutePath();
    Configuration settings = FlinkSettings.cluster(home, config, port);
    settings.addAll(Configuration.fromMap(further));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(config.slots())
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .setCommonBindAddress(Ports.LOOPBACK)
                .build());
    try {
      // A killed process leaves its libraries and blobs behind.
      Directories.delete(FlinkSettings.temporaryFiles(home));
      Files.createDirectories(FlinkSettings.temporaryFiles(home));
      cluster.start();
    } catch (Exception e) {
      var unused = cluster.closeAsync();
      throw new IllegalStateException("Flink did not start: " + e.getMessage(), e);
    }
    EmbeddedFlink flink = new EmbeddedFlink(cluster, home, config, port);
    log.info("Flink dashboard on {}", flink.dashboardUrl());
    return flink;
  }

  /**
   * Settings of a job of this name, for an environment made elsewhere, so that environment and
   * cluster agree.
   *
   * @param directory the directory given to {@link #start}
   */
  public static Configuration configuration(Path directory, String name, FlinkConfig config) {
    return FlinkSettings.job(directory.toAbsolutePath().resolve(name), config);
  }

  /**
   * A new environment to build the job of this name in; hand it to {@link #submit}. It says where
   * the job left off, since a job is laid out in another way when it goes on.
   */
  public StreamExecutionEnvironment environment(String name) {
    Configuration settings = configuration(directory, name, config);
    new CheckpointFolders(directory.resolve(name))
        .newest()
        .ifPresent(
            checkpoint ->
                settings.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString()));
    return StreamExecutionEnvironment.getExecutionEnvironment(settings);
  }

  /**
   * Starts a job where its name left off and returns once it is initialised; its tasks deploy soon
   * after. Operators need stable uids.
   *
   * @param name stable name, also its folder
   * @param env environment that holds the whole job
   * @throws IllegalStateException when the name runs already, or Flink refuses the job or its
   *     checkpoint
   */
  public void submit(String name, StreamExecutionEnvironment env) {
    if (jobState(name).filter(state -> !state.isTerminalState()).isPresent()) {
      throw new IllegalStateException("Job " + name + " runs already; one at a time per name");
    }
    CheckpointFolders checkpoints = new CheckpointFolders(directory.resolve(name));
    Optional<Path> newest = checkpoints.newest();
    env.configure(configuration(directory, name, config));
    StreamGraph graph = env.getStreamGraph();
    graph.setJobId(JobID.generate());
    graph.setJobName(name);
    launch(name, graph);
    checkpoints.keepOnly(graph.getJobID().toHexString(), newest);
    log.info("Job {} started {}", name, newest.map(c -> "from " + c).orElse("from scratch"));
  }

  /** State of the job last submitted under a name. */
  public Optional<JobStatus> jobState(String name) {
    return Optional.ofNullable(jobs.get(name))
        .map(id -> Futures.get("ask the state of job " + name, cluster.getJobStatus(id)));
  }

  /** Why the job failed last, also when it has recovered since; empty when it never failed. */
  public Optional<Throwable> lastFailure(String name) {
    return Optional.ofNullable(jobs.get(name)).flatMap(id -> lastFailure(name, id));
  }

  /** Checkpoints the job completed since it was submitted, with those of restored ones left out. */
  public long completedCheckpoints(String name) {
    return checkpoints(name)
        .map(statistics -> statistics.getCounts().getNumberOfCompletedCheckpoints())
        .orElse(0L);
  }

  /** Sizes, times and counts of the job's checkpoints; empty before it runs. */
  public Optional<CheckpointStatsSnapshot> checkpoints(String name) {
    return Optional.ofNullable(jobs.get(name))
        .map(
            id ->
                Futures.get("ask the checkpoints of job " + name, cluster.getExecutionGraph(id))
                    .getCheckpointStatsSnapshot());
  }

  /** Cancels a job and waits for its end; its checkpoints stay. Does nothing when none runs. */
  public void stop(String name) {
    if (jobState(name).filter(state -> !state.isGloballyTerminalState()).isPresent()) {
      JobID id = jobs.get(name);
      Futures.get("cancel job " + name, cluster.cancelJob(id));
      Futures.get("see the end of job " + name, cluster.requestJobResult(id));
    }
  }

  /** Address of the dashboard and of Flink's REST interface. */
  public String dashboardUrl() {
    return "http://" + Ports.LOOPBACK + ":" + port;
  }

  /** Stops all jobs, so that their sinks abort open transactions, then the cluster. */
  @Override
  public void close() {
    try {
      jobs.keySet().forEach(this::stop);
    } finally {
      Futures.get("stop Flink", cluster.closeAsync());
    }
  }

  private void launch(String name, StreamGraph graph) {
    JobID id = graph.getJobID();
    try {
      graph.serializeUserDefinedInstances();
      Futures.get("submit job " + name, cluster.submitJob(graph));
      jobs.put(name, id);
      ClientUtils.waitUntilJobInitializationFinished(
          () -> cluster.getJobStatus(id).get(),
          () -> cluster.requestJobResult(id).get(),
          Thread.currentThread().getContextClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException("Job " + name + " has functions Java cannot serialise", e);
    } catch (Exception e) {
      throw new IllegalStateException(
          "Flink refused job "
              + name
              + ": "
              + e.getMessage()
              + ". If its state changed incompatibly, use a version of Searchloop that can read"
              + " it, or another data directory.",
          e);
    }
  }

  private Optional<Throwable> lastFailure(String name, JobID id) {
    var info = Futures.get("ask the failures of job " + name, cluster.getExecutionGraphInfo(id));
    return StreamSupport.stream(info.getExceptionHistory().spliterator(), false)
        .max(Comparator.comparingLong(ErrorInfo::getTimestamp))
        .map(ErrorInfo::getException);
  }
}
