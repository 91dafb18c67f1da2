package io.searchloop.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.loss.MicroBatches;
import io.searchloop.trainer.loss.Normalisation;
import io.searchloop.trainer.loss.PreferenceLoss;
import io.searchloop.trainer.loss.UpdateSettings;
import io.searchloop.trainer.network.Compute;
import io.searchloop.trainer.network.Precision;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.warmstart.WarmStartConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerConfigTest {
  @Test
  void hasTheSpecifiedDefaults() {
    TrainerConfig config = ConfigBinder.defaults(TrainerConfig.class);
    UpdateSettings update = config.updateSettings(16);

    assertThat(config.algorithm()).isEqualTo(TrainerConfig.Algorithm.GRPO);
    assertThat(config.releaseEvery()).isEqualTo(8);
    assertThat(config.releaseInterval()).isEqualTo(Duration.ofSeconds(20));
    assertThat(update.learningRateAt(0)).isEqualTo(1e-4);
    assertThat(update.learningRateAt(1_000_000)).isEqualTo(1e-4);
    assertThat(update.microBatches()).isEqualTo(MicroBatches.WHOLE);
    assertThat(config.compute()).isEqualTo(Compute.DEFAULT);
    assertThat(update.policyLoss().klWeight()).isEqualTo(.02);
    assertThat(update.policyLoss().clipLow()).isEqualTo(.2);
    assertThat(update.policyLoss().clipHigh()).isEqualTo(.28);
    assertThat(update.policyLoss().dualClip()).isEqualTo(3);
    assertThat(update.policyLoss().normalisation()).isEqualTo(Normalisation.DR_GRPO);
    assertThat(update.policyLoss().constantLength()).isEqualTo(16);
    assertThat(update.policyLoss().weightCap()).isEqualTo(3);
    assertThat(ConfigBinder.defaults(GateSettings.class).parityTolerance()).isEqualTo(1e-4);
    assertThat(ConfigBinder.defaults(WarmStartConfig.class).vocabulary()).isEqualTo(2048);
  }

  @Test
  void readsEverySettingAndRecordsItInTheProvenance() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.of(
                "trainer.algorithm", "robust-dpo",
                "trainer.normalisation", "seq",
                "trainer.release-interval", "PT3S",
                "trainer.precision", "bf16",
                "trainer.recompute", "true",
                "trainer.micro-batch-tokens", "512",
                "trainer.schedule", "cosine",
                "trainer.preference-beta", "0.3"));

    TrainerConfig config = binder.bind("trainer", TrainerConfig.class);
    binder.finish();

    assertThat(config.updateSettings(16).preferenceLoss())
        .isEqualTo(new PreferenceLoss.RobustDpo(.3));
    assertThat(config.compute()).isEqualTo(new Compute(Precision.BF16, true));
    assertThat(config.updateSettings(16).microBatches()).isEqualTo(new MicroBatches(512));
    assertThat(config.updateSettings(16).schedule())
        .isEqualTo(new LearningRateSchedule(LearningRateSchedule.Shape.COSINE, 1e-4, 0, .1));
    assertThat(config.described())
        .containsEntry("algorithm", "ROBUST_DPO")
        .containsEntry("normalisation", "SEQ")
        .containsEntry("releaseInterval", "PT3S")
        .hasSize(TrainerConfig.class.getRecordComponents().length);
  }

  @Test
  void refusesValuesThatCannotWork() {
    for (String bad : new String[] {"release-every=0", "temperature=0", "release-interval=PT0S"}) {
      String[] parts = bad.split("=");
      ConfigBinder binder = new ConfigBinder(Map.of("trainer." + parts[0], parts[1]));
      binder.bind("trainer", TrainerConfig.class);

      assertThatThrownBy(binder::finish).as(bad).hasMessageContaining(parts[0]);
    }
  }
}
