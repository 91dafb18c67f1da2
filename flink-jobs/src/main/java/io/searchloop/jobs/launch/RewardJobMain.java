package io.searchloop.jobs.launch;

import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.schemas.RewardConfig;
import java.util.List;

/**
 * The reward job on a Flink cluster: {@code flink run -d -c io.searchloop.jobs.launch.RewardJobMain
 * JAR jobs.properties}. Settings as {@code --key value}, {@code key=value} or property files.
 */
public final class RewardJobMain {
  private RewardJobMain() {}

  /**
   * Submits the job and, unless detached, waits for its end.
   *
   * @throws Exception a wrong setting, or what Flink says when it refuses the job
   */
  public static void main(String[] arguments) throws Exception {
    JobLauncher launcher = JobLauncher.of(arguments);
    List<RewardConfig> configs = launcher.rewardConfigs();
    launcher.run(
        RewardJob.NAME,
        env -> launcher.jobs().reward(env, configs, launcher.settings().attribution()));
  }
}
