package io.searchloop.jobs.launch;

import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.schemas.RewardConfig;
import java.util.List;

/**
 * The engine reward job on a Flink cluster: {@code flink run -d -c
 * io.searchloop.jobs.launch.EngineRewardJobMain JAR jobs.properties}. Settings as {@code --key
 * value}, {@code key=value} or property files.
 */
public final class EngineRewardJobMain {
  private EngineRewardJobMain() {}

  /**
   * Submits the job and, unless detached, waits for its end.
   *
   * @throws Exception a wrong setting, or what Flink says when it refuses the job
   */
  public static void main(String[] arguments) throws Exception {
    JobLauncher launcher = JobLauncher.of(arguments);
    List<RewardConfig> configs = launcher.rewardConfigs();
    JobSettings settings = launcher.settings();
    launcher.run(
        EngineRewardJob.NAME,
        env ->
            launcher
                .jobs()
                .engineReward(
                    env,
                    configs,
                    settings.engine(),
                    settings.engineCalls(),
                    settings.search(),
                    settings.openSearch()));
  }
}
