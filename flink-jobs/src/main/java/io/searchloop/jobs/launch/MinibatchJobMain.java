package io.searchloop.jobs.launch;

import io.searchloop.jobs.assembly.MinibatchJob;

/**
 * The minibatch job on a Flink cluster: {@code flink run -d -c
 * io.searchloop.jobs.launch.MinibatchJobMain JAR jobs.properties}. Settings as {@code --key value},
 * {@code key=value} or property files.
 */
public final class MinibatchJobMain {
  private MinibatchJobMain() {}

  /**
   * Submits the job and, unless detached, waits for its end.
   *
   * @throws Exception a wrong setting, or what Flink says when it refuses the job
   */
  public static void main(String[] arguments) throws Exception {
    JobLauncher launcher = JobLauncher.of(arguments);
    launcher.run(
        MinibatchJob.NAME, env -> launcher.jobs().minibatch(env, launcher.settings().assembly()));
  }
}
