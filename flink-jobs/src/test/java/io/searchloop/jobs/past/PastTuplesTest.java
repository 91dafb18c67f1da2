package io.searchloop.jobs.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.RewardTuple;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PastTuplesTest {
  private static final long SHORT_WINDOW = 100;

  private final PastTuples.Collector topic = new PastTuples.Collector(500, 800, SHORT_WINDOW);

  @Test
  void allThatWasDueByTheWatermarkOfASureCheckpointIsWritten() {
    assertThat(topic.tuples().contain(tuple("q", 300, 0), 500)).isTrue();
    assertThat(topic.tuples().contain(tuple("q", 401, 0), 501)).isFalse();
  }

  @Test
  void laterOnesAreWrittenIfTheTopicHoldsThem() {
    topic.add(tuple("q", 600, 0));

    assertThat(topic.tuples().contain(tuple("q", 600, 0), 700)).isTrue();
    assertThat(topic.tuples().contain(tuple("q", 600, 1), 700)).isFalse();
    assertThat(topic.tuples().contain(tuple("other", 600, 0), 700)).isFalse();
    assertThat(topic.tuples().until()).isEqualTo(800);
  }

  @Test
  void aQueryIdThatComesAgainIsAnotherSearch() {
    topic.add(tuple("q", 600, 0));

    assertThat(topic.tuples().contain(tuple("q", 2_600, 0), 2_700)).isFalse();
  }

  @Test
  void theLastTupleMayBeDueAfterTheLastWatermark() {
    topic.add(tuple("q", 750, 0));

    assertThat(topic.tuples().until()).isEqualTo(850);
    assertThat(topic.count()).isEqualTo(1);
  }

  private static RewardTuple tuple(String queryId, long shown, int sequence) {
    return RewardTuple.newBuilder()
        .setQueryId(queryId)
        .setRolloutId(queryId + "#0")
        .setSequence(sequence)
        .setImpressionTime(Instant.ofEpochMilli(shown))
        .setOutcomeTime(Instant.ofEpochMilli(shown))
        .build();
  }
}
