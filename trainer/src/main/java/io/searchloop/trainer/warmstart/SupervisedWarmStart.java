package io.searchloop.trainer.warmstart;

import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.checkpoint.RandomState;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
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

  public SupervisedWarmStart(WarmStartConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
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
    LibTorch.initialise(config.threads());
    RandomState random = new RandomState(config.seed());
    WarmStartData data = WarmStartData.divide(text, random);
    Tokenizer tokenizer = tokenizer(data.training());
    NetworkConfig network = config.network(tokenizer.vocabularySize());
    WarmStart warmStart =
        new WarmStart(
            PolicyNetwork.initialise(network, config.compute(), config.seed()),
            tokenizer,
            spec(network),
            data.probes(),
            Map.of());
    try {
      Map<String, Double> figures = learn(warmStart, data, random, progress);
      return new WarmStart(
          warmStart.network(), tokenizer, warmStart.spec(), data.probes(), figures);
    } catch (RuntimeException | Error e) {
      warmStart.close();
      throw e;
    }
  }

  private Map<String, Double> learn(
      WarmStart warmStart,
      WarmStartData data,
      RandomState random,
      Consumer<WarmStartProgress> progress) {
    RewriteFormat format = warmStart.format();
    PairMiner miner = new PairMiner(data.training(), PairMix.DEFAULT, data.noise(), random);
    ExampleStream examples = new ExampleStream(miner::next, format, config.batch(), random);
    TrainingRun run = new TrainingRun(config, clock, warmStart, data.heldOut(), progress);
    try (AdamOptimizer optimizer =
            new AdamOptimizer(warmStart.network().parameters(), AdamSettings.defaults());
        TokenMask mask =
            TokenMask.of(
                format.maxRewriteTokens(), warmStart.spec().vocabularySize(), format::allowed)) {
      SupervisedStep step =
          new SupervisedStep(
              warmStart.network(), optimizer, mask, new MicroBatches(config.microBatchTokens()));
      LearningRateSchedule schedule =
          new LearningRateSchedule(config.schedule(), config.learningRate(), WARMUP, 0);
      while (run.share() < 1) {
        ExampleStream.Batch batch = examples.next();
        run.advance(step.learn(batch.prompts(), batch.answers(), schedule.at(run.share())));
      }
    }
    return run.finish();
  }

  private Tokenizer tokenizer(WarmStartText text) {
    List<String> coClicked =
        text.coClicks().stream().flatMap(p -> Stream.of(p.source(), p.target())).toList();
    return BytePairTrainer.train(
        Stream.of(text.queries(), text.phrases(), coClicked).flatMap(List::stream).toList(),
        config.vocabulary());
  }

  private PolicySpec spec(NetworkConfig network) {
    return new PolicySpec(
        PolicySpec.FORMAT,
        network.vocabularySize(),
        network.layers(),
        network.keyValueHeads(),
        network.headDim(),
        config.maxPrompt(),
        config.maxRewrite());
  }

  private String key(WarmStartText text) {
    return Sha256.of((text + "\n" + config).getBytes(StandardCharsets.UTF_8));
  }
}
