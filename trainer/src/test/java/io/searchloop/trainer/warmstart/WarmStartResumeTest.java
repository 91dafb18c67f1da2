package io.searchloop.trainer.warmstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.Precision;
import io.searchloop.trainer.network.Tensors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmStartResumeTest {
  private static final int STEPS = 300;
  private static final WarmStartText TEXT =
      new WarmStartText(
          List.of("garden hose", "garden chair", "patio umbrella"),
          List.of("hose", "chair", "umbrella for patio"),
          List.of(new WeightedPair("parasol", "patio umbrella", 1)),
          List.of(new WeightedPair("hoze", "hose", 1), new WeightedPair("chiar", "chair", 1)));

  @TempDir Path directory;

  private final SupervisedWarmStart training =
      new SupervisedWarmStart(
          new WarmStartConfig(
              Duration.ZERO,
              STEPS,
              280,
              16,
              1,
              1,
              32,
              16,
              12,
              4,
              5e-3,
              1,
              1,
              "",
              LearningRateSchedule.Shape.COSINE,
              Precision.FP32,
              0,
              false,
              .3),
          InstantSource.fixed(Instant.EPOCH));

  @Test
  void aKilledWarmStartEndsInTheSameBitsAsOneThatWasNot() {
    assertThatThrownBy(
            () ->
                training.resumeOrTrain(
                    directory,
                    TEXT,
                    progress -> {
                      if (progress.step() > 270) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");

    try (WarmStart throughout = training.train(TEXT, progress -> {});
        WarmStart resumed =
            training.resumeOrTrain(
                directory,
                TEXT,
                progress -> assertThat(progress.step()).as("steps repeated").isGreaterThan(250));
        WarmStart read =
            training.resumeOrTrain(
                directory,
                TEXT,
                progress -> {
                  throw new IllegalStateException("trained a finished warm start again");
                })) {
      assertThat(weights(resumed.network())).isEqualTo(weights(throughout.network()));
      assertThat(weights(read.network())).isEqualTo(weights(throughout.network()));
    }
  }

  @Test
  void setsAnswerWithTheTargetAndWhatLedToTheSameProducts() {
    RewriteSets sets =
        new RewriteSets(
            List.of(
                new WeightedPair("sofa", "couch", 1),
                new WeightedPair("sofa", "settee", 3),
                new WeightedPair("sofa", "sofa", 9)),
            2);

    assertThat(sets.of(new RewritePair("soffa", "sofa"))).containsExactly("sofa", "settee");
    assertThat(sets.of(new RewritePair("chiar", "chair"))).containsExactly("chair");
  }

  private static List<String> weights(PolicyNetwork network) {
    return network.parameters().values().stream()
        .map(weight -> Arrays.toString(Tensors.toFloats(weight)))
        .toList();
  }
}
