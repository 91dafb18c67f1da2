package io.searchloop.jobs.launch;

import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.log.AdmittedConfigs;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Starts one job on the cluster that {@code flink run} names. */
final class JobLauncher {
  private final JobSettings settings;
  private final KafkaJobs jobs;

  /** Lays a job out in an environment. */
  @FunctionalInterface
  interface Layout {
    void build(StreamExecutionEnvironment env);
  }

  private JobLauncher(JobSettings settings) {
    this.settings = settings;
    this.jobs = new KafkaJobs(settings.brokers(), settings.serdes());
  }

  /**
   * Reads the arguments of a main class.
   *
   * @throws io.searchloop.schemas.config.InvalidConfigurationException naming every problem
   */
  static JobLauncher of(String... arguments) {
    return new JobLauncher(JobSettings.of(arguments));
  }

  JobSettings settings() {
    return settings;
  }

  KafkaJobs jobs() {
    return jobs;
  }

  /**
   * What outcomes are worth, as the topic says.
   *
   * @throws IllegalStateException when it says nothing yet
   */
  List<RewardConfig> rewardConfigs() {
    List<RewardConfig> admitted = AdmittedConfigs.read(settings.brokers(), settings.serdes());
    if (admitted.isEmpty()) {
      throw new IllegalStateException(
          "Topic "
              + Topics.REWARD_CONFIG.name()
              + " of "
              + settings.brokers()
              + " holds no reward configuration, expected at least one. Run ./searchloop init"
              + " against this Kafka first.");
    }
    return admitted;
  }

  /**
   * Submits the job.
   *
   * @param name the job's name in Flink
   * @throws Exception what Flink says when it refuses the job
   */
  void run(String name, Layout layout) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.configure(ExactlyOnce.every(settings.flink().checkpointInterval(), env.getConfiguration()));
    layout.build(env);
    env.execute(name);
  }
}
