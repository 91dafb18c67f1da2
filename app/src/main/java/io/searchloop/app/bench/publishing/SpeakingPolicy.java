package io.searchloop.app.bench.publishing;

import io.searchloop.app.bench.training.TrainerPlan;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.export.GraphPrecision;
import io.searchloop.trainer.export.OnnxExporter;
import io.searchloop.trainer.export.ReducedGraph;
import io.searchloop.trainer.loss.MicroBatches;
import io.searchloop.trainer.loss.SupervisedStep;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.NetworkSize;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A policy of any size that has learned just enough to pass a worker's self-test: to answer with
 * words and an end. Each {@link #next} is one small step further. Confined to one thread.
 */
final class SpeakingPolicy implements AutoCloseable {
  private static final List<String> QUERIES =
      List.of("red running shoes", "usb c cable", "gluten free flour", "x", "wool socks", "a lamp");
  private static final List<String> REWRITES = List.of("shoes", "cable", "flour", "lamp");
  private static final int TOKENS = 300;
  private static final int VOCABULARY = 1024;
  private static final int LESSONS = 40;
  private static final double FAST = 2e-3;
  private static final double SLOW = 1e-6;

  private final Tokenizer tokenizer = BytePairTrainer.train(QUERIES, TOKENS);
  private final NetworkConfig config;
  private final PolicySpec spec;
  private final List<int[]> prompts;
  private final List<int[]> answers;
  private final PolicyNetwork network;
  private final AdamOptimizer optimizer;
  private final TokenMask mask;
  private final SupervisedStep supervised;
  private int step;

  SpeakingPolicy(String size, long seed) {
    config =
        NetworkSize.parse(size).shape(VOCABULARY, TrainerPlan.MAX_PROMPT + TrainerPlan.MAX_ANSWER);
    spec =
        new PolicySpec(
            PolicySpec.FORMAT,
            VOCABULARY,
            config.layers(),
            config.keyValueHeads(),
            config.headDim(),
            TrainerPlan.MAX_PROMPT,
            TrainerPlan.MAX_ANSWER);
    RewriteFormat format = spec.rewriteFormat(tokenizer);
    prompts = QUERIES.stream().map(query -> format.prompt(QueryContext.of(query))).toList();
    answers =
        IntStream.range(0, prompts.size())
            .mapToObj(i -> format.answer(REWRITES.get(i % REWRITES.size())).orElseThrow())
            .toList();
    network = PolicyNetwork.initialise(config, seed);
    optimizer = new AdamOptimizer(network.parameters(), AdamSettings.defaults());
    mask = TokenMask.everything(TrainerPlan.MAX_ANSWER, VOCABULARY);
    supervised = new SupervisedStep(network, optimizer, mask, MicroBatches.WHOLE);
    for (int i = 0; i < LESSONS; i++) {
      supervised.learn(prompts, answers, FAST);
    }
  }

  /** The next artifact, in bfloat16. */
  byte[] next() {
    supervised.learn(prompts, answers, SLOW);
    step++;
    byte[] exact = OnnxExporter.export(network, Map.of("release.step", Integer.toString(step)));
    return new PolicyArtifact(spec, tokenizer, ReducedGraph.of(exact, GraphPrecision.BF16))
        .toBytes();
  }

  /** Artifacts made so far. */
  int step() {
    return step;
  }

  @Override
  public void close() {
    mask.close();
    optimizer.close();
    network.close();
  }
}
