package io.searchloop.trainer.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueryOrderTest {
  private static final List<String> QUERIES =
      IntStream.range(0, 10).mapToObj(i -> "query " + i).toList();

  @Test
  void everyQueryComesOnceAnEpoch() {
    QueryOrder order = new QueryOrder(QUERIES, 4, 1);
    List<String> twoEpochs = new ArrayList<>();
    for (int step = 0; step < 5; step++) {
      twoEpochs.addAll(order.at(step));
    }

    assertThat(twoEpochs.subList(0, 10)).containsExactlyInAnyOrderElementsOf(QUERIES);
    assertThat(twoEpochs.subList(10, 20)).containsExactlyInAnyOrderElementsOf(QUERIES);
    assertThat(twoEpochs.subList(0, 10)).isNotEqualTo(twoEpochs.subList(10, 20));
  }

  @Test
  void aStepNeedsNoMemoryOfThoseBefore() {
    QueryOrder throughout = new QueryOrder(QUERIES, 4, 1);
    for (int step = 0; step < 7; step++) {
      throughout.at(step);
    }

    assertThat(new QueryOrder(QUERIES, 4, 1).at(7)).isEqualTo(throughout.at(7));
  }
}
