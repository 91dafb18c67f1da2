package io.searchloop.app.launcher;

import io.searchloop.jobs.assembly.MinibatchJob;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.jobs.engine.EngineRewardJob;
import io.searchloop.jobs.health.PolicyHealthJob;
import io.searchloop.jobs.launch.KafkaJobs;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Submits the jobs to the embedded cluster. */
final class JobSubmission {
  private final EmbeddedFlink flink;
  private final LoopSettings settings;
  private final KafkaJobs jobs;

  JobSubmission(EmbeddedFlink flink, LoopSettings settings, Brokers brokers, Serdes serdes) {
    this.flink = flink;
    this.settings = settings;
    this.jobs = new KafkaJobs(brokers, serdes);
  }

  void submitAll(List<RewardConfig> rewards) {
    submit(RewardJob.NAME, env -> jobs.reward(env, rewards, settings.attribution()));
    if (settings.serving().engineOnlyShare() > 0) {
      submit(
          EngineRewardJob.NAME,
          env ->
              jobs.engineReward(
                  env,
                  rewards,
                  settings.engine(),
                  settings.engineCalls(),
                  settings.search(),
                  settings.openSearch()));
    }
    submit(MinibatchJob.NAME, env -> jobs.minibatch(env, settings.assembly()));
    submit(
        PolicyHealthJob.NAME, env -> jobs.policyHealth(env, settings.health(), settings.trial()));
  }

  private void submit(String name, Consumer<StreamExecutionEnvironment> layOut) {
    StreamExecutionEnvironment env = flink.environment(name);
    layOut.accept(env);
    flink.submit(name, env);
  }
}
