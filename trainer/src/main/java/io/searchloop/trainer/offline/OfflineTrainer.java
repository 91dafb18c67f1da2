package io.searchloop.trainer.offline;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.trainer.TrainerConfig;
import io.searchloop.trainer.checkpoint.ResumePoint;
import io.searchloop.trainer.loss.StepOutcome;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.warmstart.WarmStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Improves a warm start by what its rewrites are worth: sampled on-policy, rewarded by {@link
 * Feedback} (LESER, arXiv 2509.05570, asks the search engine), learned from by {@code
 * trainer.algorithm}: GRPO (arXiv 2402.03300), a preference loss on pairs, or PRO on orders. The
 * warm start is the fixed anchor.
 *
 * <p>Weights, optimiser and randomness are kept every {@code train.checkpoint-every} steps; a run
 * that was killed goes on from there, and with {@code train.steps} and one thread ends in the same
 * bits as one that was not. Runs on the caller's thread, which owns every tensor.
 */
public final class OfflineTrainer {
  private final OfflineConfig config;
  private final TrainerConfig trainer;
  private final ContextSource contexts;
  private final Feedback feedback;
  private final Validation validation;
  private final InstantSource clock;

  /**
   * What a run came to.
   *
   * @param network trained weights; the caller closes them
   * @param curve every step
   * @param seconds training time, also of runs that were interrupted
   */
  public record Trained(PolicyNetwork network, List<CurvePoint> curve, double seconds)
      implements AutoCloseable {
    public Trained {
      curve = List.copyOf(curve);
    }

    @Override
    public void close() {
      network.close();
    }
  }

  /**
   * @param trainer step size, leash, clips, temperature and threads
   * @param contexts completes a query with what the policy's prompts carry
   */
  public OfflineTrainer(
      OfflineConfig config,
      TrainerConfig trainer,
      ContextSource contexts,
      Feedback feedback,
      Validation validation,
      InstantSource clock) {
    this.config = config;
    this.trainer = trainer;
    this.contexts = contexts;
    this.feedback = feedback;
    this.validation = validation;
    this.clock = clock;
  }

  /**
   * Trains until the budget is used.
   *
   * @param directory what a killed run needs to go on
   * @param warmStart where training starts and what anchors it; stays the caller's
   * @param queries what to learn from
   * @param progress told about every step
   */
  public Trained train(
      Path directory, WarmStart warmStart, List<String> queries, Consumer<CurvePoint> progress) {
    LibTorch.initialise(trainer.threads());
    QueryOrder order = new QueryOrder(queries, config.queries(), config.seed());
    RolloutSampler sampler =
        new RolloutSampler(contexts, feedback, config.candidates(), trainer.temperature());
    create(directory);
    try (OfflineSession session =
        new OfflineSession(directory, trainer, config.pairs(), config.seed(), warmStart)) {
      Optional<ResumePoint> before = session.resume();
      long step = before.map(ResumePoint::step).orElse(0L);
      long startedAt = clock.millis() - before.map(ResumePoint::elapsedMillis).orElse(0L);
      CurveFile curve = CurveFile.open(directory.resolve("curve.jsonl"), step);
      boolean more = unfinished(step, startedAt);
      while (more) {
        PolicyArtifact policy = warmStart.artifact(session.state().network());
        List<SampledGroup> groups =
            sampler.sample(
                policy, warmStart.network().config(), order.at(step), session.state().random());
        CurvePoint learned = learn(session, groups, ++step);
        more = unfinished(step, startedAt);
        CurvePoint point = more ? validated(learned, warmStart, session) : learned;
        curve.add(point);
        progress.accept(point);
        if (!more || step % config.checkpointEvery() == 0) {
          session.save(step, clock.millis() - startedAt);
        }
      }
      PolicyNetwork trained = session.state().network();
      return new Trained(
          PolicyNetwork.restore(trained.config(), trained.parameters()),
          curve.points(),
          (clock.millis() - startedAt) / 1000.0);
    }
  }

  private boolean unfinished(long step, long startedAt) {
    return config.steps() > 0
        ? step < config.steps()
        : clock.millis() - startedAt < config.budget().toMillis();
  }

  /** Flat groups teach nothing and are left out, their KL term too; they are counted. */
  private CurvePoint learn(OfflineSession session, List<SampledGroup> groups, long step) {
    List<SampledGroup> uneven = groups.stream().filter(group -> !group.flat()).toList();
    Map<String, Double> figures = GroupFigures.of(groups);
    feedback.failures().forEach((reason, count) -> figures.put("failed_" + reason, 1.0 * count));
    if (uneven.isEmpty()) {
      return new CurvePoint(step, figures, "every group is flat", Map.of());
    }
    StepOutcome outcome = session.learn(uneven);
    figures.putAll(outcome.figures());
    String refused =
        outcome instanceof StepOutcome.Refused refusal
            ? refusal.cause() + ": " + refusal.detail()
            : "";
    return new CurvePoint(step, figures, refused, Map.of());
  }

  private CurvePoint validated(CurvePoint point, WarmStart warmStart, OfflineSession session) {
    if (config.validateEvery() == 0 || point.step() % config.validateEvery() != 0) {
      return point;
    }
    NetworkConfig network = session.state().network().config();
    PolicyArtifact policy = warmStart.artifact(session.state().network());
    return new CurvePoint(
        point.step(), point.figures(), point.refused(), validation.judge(policy, network));
  }

  private static void create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the training directory " + directory, e);
    }
  }
}
