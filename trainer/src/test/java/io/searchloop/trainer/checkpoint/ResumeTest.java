package io.searchloop.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.trainer.loss.LossOutputs;
import io.searchloop.trainer.loss.SupervisedLoss;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.ResponseScorer;
import io.searchloop.trainer.network.SequenceBatch;
import io.searchloop.trainer.network.Tensors;
import io.searchloop.trainer.network.TinyNetworks;
import io.searchloop.trainer.network.TokenMask;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learns to repeat the last token of the prompt: small, yet it needs attention and position. */
class ResumeTest {
  private static final NetworkConfig CONFIG = TinyNetworks.GROUPED;
  private static final int ROWS = 8;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path directory;
  private TokenMask mask;

  @BeforeEach
  void open() {
    LibTorch.initialise(1);
    mask = TokenMask.everything(2, CONFIG.vocabularySize());
  }

  @AfterEach
  void close() {
    mask.close();
  }

  @Test
  void overfitsATinyTask() {
    RandomState random = new RandomState(1);
    try (PolicyNetwork network = PolicyNetwork.initialise(CONFIG, 1);
        AdamOptimizer optimizer = optimizer(network)) {
      double first = train(network, optimizer, random, 1);

      train(network, optimizer, random, 300);
      double last = train(network, optimizer, random, 100);

      assertThat(first).isCloseTo(Math.log(CONFIG.vocabularySize()), within(.2));
      assertThat(last).isLessThan(.25 * first);
    }
  }

  @Test
  void resumedTrainingIsBitEqualToTrainingThroughout() {
    CheckpointStore store = new CheckpointStore(directory);
    RandomState random = new RandomState(5);
    try (PolicyNetwork network = PolicyNetwork.initialise(CONFIG, 2);
        AdamOptimizer optimizer = optimizer(network)) {
      train(network, optimizer, random, 20);
      String hash =
          store.save(
              new Checkpoint(
                  CONFIG, 20, -1, network.parameters(), optimizer.state(), random.state(), 20));
      train(network, optimizer, random, 20);

      assertThat(resumeAndTrain(store, hash, 20)).isEqualTo(bits(network));
    }
  }

  @Test
  void freshOptimiserWouldNotBeBitEqual() {
    RandomState random = new RandomState(5);
    try (PolicyNetwork network = PolicyNetwork.initialise(CONFIG, 2);
        AdamOptimizer optimizer = optimizer(network)) {
      train(network, optimizer, random, 5);
      try (PolicyNetwork copy = PolicyNetwork.restore(CONFIG, network.parameters());
          AdamOptimizer fresh = optimizer(copy)) {
        train(copy, fresh, new RandomState(random.state()), 5);
        train(network, optimizer, random, 5);

        assertThat(bits(copy)).isNotEqualTo(bits(network));
      }
    }
  }

  @Test
  void nativeMemoryStaysFlatOverManySteps() {
    RandomState random = new RandomState(6);
    try (PolicyNetwork network = PolicyNetwork.initialise(CONFIG, 2);
        AdamOptimizer optimizer = optimizer(network)) {
      train(network, optimizer, random, 100);
      long pointersBefore = Pointer.totalBytes();
      long residentBefore = Pointer.physicalBytes();

      train(network, optimizer, random, 500);

      assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(pointersBefore);
      // Leaves room for the Java heap; a step that kept its tensors would add 340 KiB.
      assertThat(Pointer.physicalBytes() - residentBefore).isLessThan(150 * MEBIBYTE);
    }
  }

  private List<List<Integer>> resumeAndTrain(CheckpointStore store, String hash, int steps) {
    try (PointerScope scope = new PointerScope()) {
      Checkpoint checkpoint = store.load(hash);
      try (PolicyNetwork network =
              PolicyNetwork.restore(checkpoint.network(), checkpoint.parameters());
          AdamOptimizer optimizer = optimizer(network)) {
        optimizer.restore(checkpoint.optimizer());
        train(network, optimizer, new RandomState(checkpoint.randomState()), steps);
        return bits(network);
      }
    }
  }

  /** Trains and returns the mean loss: that of one batch of eight says little. */
  private double train(
      PolicyNetwork network, AdamOptimizer optimizer, RandomGenerator random, int steps) {
    ResponseScorer scorer = new ResponseScorer(1, mask);
    double loss = 0;
    for (int step = 0; step < steps; step++) {
      try (PointerScope scope = new PointerScope()) {
        SequenceBatch batch = batch(random);
        LossOutputs outputs =
            new SupervisedLoss()
                .compute(scorer.score(network, batch).logProbs(), batch.floatMask());
        outputs.backward();
        optimizer.step(1e-2, 1);
        loss += outputs.figure("loss") / steps;
      }
    }
    return loss;
  }

  private static SequenceBatch batch(RandomGenerator random) {
    List<int[]> prompts =
        Stream.generate(() -> random.ints(2, 4, CONFIG.vocabularySize()).toArray())
            .limit(ROWS)
            .toList();
    return SequenceBatch.of(
        prompts, prompts.stream().map(prompt -> new int[] {prompt[1], 3}).toList());
  }

  private static AdamOptimizer optimizer(PolicyNetwork network) {
    return new AdamOptimizer(network.parameters(), AdamSettings.defaults());
  }

  private static List<List<Integer>> bits(PolicyNetwork network) {
    return network.parameters().values().stream()
        .map(weight -> bits(Tensors.toFloats(weight)))
        .toList();
  }

  private static List<Integer> bits(float[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> Float.floatToRawIntBits(values[i]))
        .toList();
  }
}
