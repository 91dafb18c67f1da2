package io.searchloop.trainer.warmstart;

import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.huggingface.PretrainedPolicy;
import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.loss.MicroBatches;
import io.searchloop.trainer.loss.SupervisedStep;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the first policy by supervised learning: cross entropy of the target given the source,
 * AdamW, a learning rate that rises and comes down. A cold policy emits no valid rewrite to reward,
 * so reinforcement starts from here (LESER, arXiv 2509.05570, reports 57.45 % against 12.80 % with
 * and without).
 *
 * <p>With {@code warm-start.steps} set and one thread, equal texts and configuration give equal
 * weights; under a time budget the number of steps is the machine's. Runs on the caller's thread.
 */
public final class SupervisedWarmStart {
  private static final Logger log = LoggerFactory.getLogger(SupervisedWarmStart.class);
  private static final double WARMUP = .05;

  private final WarmStartConfig config;
  private final InstantSource clock;
  private final RewriteOptions options;
  private final ContextSource contexts;
  private final StartingPoint start;

  /** A warm start that sees the query alone and answers with one rewrite. */
  public SupervisedWarmStart(WarmStartConfig config, InstantSource clock) {
    this(config, clock, RewriteOptions.PLAIN, QueryContext::of);
  }

  /**
   * @param options what prompts carry and answers may be
   * @param contexts completes a text with what the options put into its prompt
   */
  public SupervisedWarmStart(
      WarmStartConfig config, InstantSource clock, RewriteOptions options, ContextSource contexts) {
    this(config, clock, options, contexts, new FreshStart());
  }

  private SupervisedWarmStart(
      WarmStartConfig config,
      InstantSource clock,
      RewriteOptions options,
      ContextSource contexts,
      StartingPoint start) {
    this.config = config;
    this.clock = clock;
    this.options = options;
    this.contexts = contexts;
    this.start = start;
  }

  /**
   * This warm start from other weights and another vocabulary; those of the configuration, and its
   * network's shape, then say nothing. What a cache holds is not told apart by it.
   */
  public SupervisedWarmStart from(StartingPoint other) {
    return new SupervisedWarmStart(config, clock, options, contexts, other);
  }

  /**
   * The warm start of these texts and this configuration: read from the cache when it is there,
   * else trained and cached.
   *
   * @param cache directory of warm starts, one each under its key
   * @param progress told about training; not called on a cache hit
   */
  public WarmStart loadOrTrain(
      Path cache, WarmStartText text, Consumer<WarmStartProgress> progress) {
    WarmStartDirectory directory = new WarmStartDirectory(cache.resolve(key(text)));
    Optional<WarmStart> cached = directory.read();
    if (cached.isPresent()) {
      log.info("Warm start read from {}", directory.path());
      return cached.get();
    }
    WarmStart trained = train(text, progress);
    directory.write(trained);
    return trained;
  }

  /** Trains, whatever is cached. */
  public WarmStart train(WarmStartText text, Consumer<WarmStartProgress> progress) {
    return train(text, WarmStartRecovery.NONE, progress);
  }

  /**
   * Trains in a directory that survives the process: one that was killed goes on at its last
   * checkpoint, one that ended is read.
   */
  public WarmStart resumeOrTrain(
      Path directory, WarmStartText text, Consumer<WarmStartProgress> progress) {
    WarmStartDirectory finished = new WarmStartDirectory(directory.resolve("finished"));
    Optional<WarmStart> before = finished.read();
    if (before.isPresent()) {
      return before.get();
    }
    WarmStart trained = train(text, WarmStartRecovery.in(directory), progress);
    finished.write(trained);
    return trained;
  }

  private WarmStart train(
      WarmStartText text, WarmStartRecovery recovery, Consumer<WarmStartProgress> progress) {
    LibTorch.initialise(config.threads());
    RandomState random = new RandomState(config.seed());
    WarmStartData data = WarmStartData.divide(text, random);
    PretrainedPolicy begun = start.create(config, data.training());
    PolicyNetwork network = begun.network();
    WarmStart warmStart =
        new WarmStart(network, begun.tokenizer(), spec(network.config()), data.probes(), Map.of());
    try {
      Map<String, Double> figures = learn(warmStart, data, random, recovery, progress);
      return new WarmStart(network, begun.tokenizer(), warmStart.spec(), data.probes(), figures);
    } catch (RuntimeException | Error e) {
      warmStart.close();
      throw e;
    }
  }

  private Map<String, Double> learn(
      WarmStart warmStart,
      WarmStartData data,
      RandomState random,
      WarmStartRecovery recovery,
      Consumer<WarmStartProgress> progress) {
    RewriteFormat format = warmStart.format();
    PairMiner miner = new PairMiner(data.training(), config.mix(), data.noise(), random);
    RewriteSets sets = new RewriteSets(data.training().coClicks(), options.rewrites());
    ExampleStream examples =
        new ExampleStream(miner::next, sets::of, format, contexts, config.batch(), random);
    TrainingRun run = new TrainingRun(config, clock, warmStart, data.heldOut(), contexts, progress);
    try (AdamOptimizer optimizer =
            new AdamOptimizer(warmStart.network().parameters(), AdamSettings.defaults());
        TokenMask mask = TokenMask.of(format.grammar(), warmStart.spec().vocabularySize())) {
      SupervisedStep step =
          new SupervisedStep(
              warmStart.network(), optimizer, mask, new MicroBatches(config.microBatchTokens()));
      LearningRateSchedule schedule =
          new LearningRateSchedule(config.schedule(), config.learningRate(), WARMUP, 0);
      recovery
          .restore(warmStart.network(), optimizer)
          .ifPresent(
              point -> {
                examples.skip(point.step());
                run.resume(point);
              });
      while (run.share() < 1) {
        ExampleStream.Batch batch = examples.next();
        run.advance(step.learn(batch.prompts(), batch.answers(), schedule.at(run.share())));
        recovery.saveWhenDue(warmStart.network(), optimizer, run.steps(), run.elapsedMillis());
      }
    }
    return run.finish();
  }

  private PolicySpec spec(NetworkConfig network) {
    return new PolicySpec(
            PolicySpec.FORMAT,
            network.vocabularySize(),
            network.layers(),
            network.keyValueHeads(),
            network.headDim(),
            config.maxPrompt(),
            config.maxRewrite())
        .withOptions(options);
  }

  private String key(WarmStartText text) {
    String seen = options.equals(RewriteOptions.PLAIN) ? "" : "\n" + options;
    return Sha256.of((text + "\n" + config + seen).getBytes(StandardCharsets.UTF_8));
  }
}
