package io.searchloop.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MicroBatchesTest {
  private static final List<Integer> SIZES = List.of(3, 4, 2, 9, 1, 1);

  @Test
  void fillsPartsInOrderAndGivesAnExampleThatIsTooLongAPartOfItsOwn() {
    assertThat(new MicroBatches(7).split(SIZES, size -> size))
        .containsExactly(List.of(3, 4), List.of(2), List.of(9), List.of(1, 1));
  }

  @Test
  void zeroMeansTheWholeMinibatch() {
    assertThat(MicroBatches.WHOLE.split(SIZES, size -> size)).containsExactly(SIZES);
  }

  @Test
  void refusesNegativeSizes() {
    assertThatThrownBy(() -> new MicroBatches(-1)).hasMessageContaining("found -1");
  }
}
