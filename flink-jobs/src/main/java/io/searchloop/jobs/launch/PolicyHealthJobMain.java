package io.searchloop.jobs.launch;

import io.searchloop.jobs.health.PolicyHealthJob;

/**
 * The policy health job on a Flink cluster: {@code flink run -d -c
 * io.searchloop.jobs.launch.PolicyHealthJobMain JAR jobs.properties}. Settings as {@code --key
 * value}, {@code key=value} or property files.
 */
public final class PolicyHealthJobMain {
  private PolicyHealthJobMain() {}

  /**
   * Submits the job and, unless detached, waits for its end.
   *
   * @throws Exception a wrong setting, or what Flink says when it refuses the job
   */
  public static void main(String[] arguments) throws Exception {
    JobLauncher launcher = JobLauncher.of(arguments);
    JobSettings settings = launcher.settings();
    launcher.run(
        PolicyHealthJob.NAME,
        env -> launcher.jobs().policyHealth(env, settings.health(), settings.trial()));
  }
}
