package io.searchloop.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RandomStateTest {

  @Test
  void followsThePublishedSequence() {
    RandomState random = new RandomState(0);

    assertThat(random.nextLong()).isEqualTo(0xe220a8397b1dcdafL);
    assertThat(random.nextLong()).isEqualTo(0x6e789e6aa1b965f4L);
  }

  @Test
  void goesOnWhereItWasSaved() {
    RandomState random = new RandomState(42);
    random.nextLong();
    RandomState resumed = new RandomState(random.state());

    assertThat(resumed.nextGaussian()).isEqualTo(random.nextGaussian());
  }
}
