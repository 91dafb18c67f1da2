package io.searchloop.streams.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final long LONG_AGO = Long.MAX_VALUE - 1; // clocks of this kind may overflow

  private final List<Long> runs = new ArrayList<>();
  private RuntimeException failure = new IllegalStateException("not this time");
  private long now = LONG_AGO;
  private final Settling settling =
      new Settling(
          "test",
          () -> {
            runs.add(TimeUnit.NANOSECONDS.toMillis(now - LONG_AGO));
            if (failure != null) {
              throw failure;
            }
          });

  @Test
  void triesEverMoreRarelyWhileItFails() {
    passMinutes(3);

    assertThat(runs)
        .containsExactly(
            0L, 500L, 1_500L, 3_500L, 7_500L, 15_500L, 31_500L, 61_500L, 91_500L, 121_500L,
            151_500L);
  }

  @Test
  void triesAtOnceWhenThereAreNews() {
    passMinutes(1);
    int before = runs.size();
    settling.due();
    assertThat(settling.wanted(now)).as("no news").isFalse();

    settling.news();
    assertThat(settling.wanted(now)).isTrue();
    settling.run(now);
    now += TimeUnit.MILLISECONDS.toNanos(500);
    assertThat(settling.wanted(now)).as("pauses begin anew").isTrue();
    assertThat(runs).hasSize(before + 1);
  }

  @Test
  void restsOnceItHasSettled() {
    failure = null;
    passMinutes(1);
    assertThat(runs).containsExactly(0L);

    settling.due();
    assertThat(settling.wanted(now)).isTrue();
  }

  @Test
  void leavesWaitingForKafkaToTheFeed() {
    failure = new TimeoutException("away");

    assertThatThrownBy(() -> settling.run(now)).isSameAs(failure);
    assertThat(settling.wanted(now)).isTrue();
  }

  private void passMinutes(int minutes) {
    for (int tenth = 0; tenth < minutes * 600; tenth++) {
      if (settling.wanted(now)) {
        settling.run(now);
      }
      now += TimeUnit.MILLISECONDS.toNanos(100);
    }
  }
}
