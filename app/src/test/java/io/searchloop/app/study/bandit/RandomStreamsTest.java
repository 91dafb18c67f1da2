package io.searchloop.app.study.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
  private static final int VISITORS = 200;

  private static List<Long> firstDraws(long seed) {
    RandomStreams streams = RandomStreams.of(seed);
    List<Long> draws = new ArrayList<>();
    for (RandomGenerator stream :
        List.of(
            streams.arrivals(),
            streams.intents(),
            streams.choices(),
            streams.deliveries(),
            streams.resamples())) {
      draws.add(stream.nextLong());
    }
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      draws.add(streams.visitor(visitor).nextLong());
    }
    return draws;
  }

  @Test
  void neitherStreamsNorNeighbouringSeedsNorTheirVisitorsDrawAlike() {
    List<Long> draws =
        LongStream.rangeClosed(1, 100).boxed().flatMap(seed -> firstDraws(seed).stream()).toList();

    assertThat(draws).hasSize(100 * (VISITORS + 5)).doesNotHaveDuplicates();
  }

  @Test
  void oneSeedDrawsTheSameAgain() {
    assertThat(firstDraws(7)).isEqualTo(firstDraws(7));
  }
}
