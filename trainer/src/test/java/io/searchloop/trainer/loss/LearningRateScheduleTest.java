package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.trainer.loss.LearningRateSchedule.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateScheduleTest {
  @ParameterizedTest
  @EnumSource(Shape.class)
  void risesLinearlyToThePeak(Shape shape) {
    LearningRateSchedule schedule = new LearningRateSchedule(shape, 2, .2, 0);

    assertThat(schedule.at(0)).isZero();
    assertThat(schedule.at(.1)).isCloseTo(1, within(1e-12));
    assertThat(schedule.at(.2)).isCloseTo(2, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "CONSTANT, .4, 2",
    "CONSTANT, 1, 2",
    "LINEAR, .4, 1.5",
    "LINEAR, .6, 1",
    "LINEAR, 1, 0",
    "COSINE, .4, 1.707107",
    "COSINE, .6, 1",
    "COSINE, 1, 0",
    "COSINE, 7, 0"
  })
  void comesDownAsItsShapeSays(Shape shape, double share, double expected) {
    assertThat(new LearningRateSchedule(shape, 2, .2, 0).at(share))
        .isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource(value = Shape.class, names = "CONSTANT", mode = EnumSource.Mode.EXCLUDE)
  void endsAtTheFloorAndStaysThere(Shape shape) {
    LearningRateSchedule schedule = new LearningRateSchedule(shape, 2, 0, .1);

    assertThat(schedule.at(1)).isCloseTo(.2, within(1e-12));
    assertThat(schedule.at(5)).isCloseTo(.2, within(1e-12));
  }

  @Test
  void refusesSharesOutsideTheRun() {
    assertThatThrownBy(() -> new LearningRateSchedule(Shape.LINEAR, 1, 1, 0))
        .hasMessageContaining("warm-up share 1.0");
  }
}
