package io.searchloop.streams.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class SettlingTest {
  /** Clocks of this kind may overflow. */
  private static final long START = Long.MAX_VALUE - 1;

  private static final Duration POLL = Duration.ofMillis(100);

  private final List<Long> began = new ArrayList<>();
  private Optional<RuntimeException> failure = Optional.of(new IllegalStateException("not now"));
  private Duration taking = Duration.ZERO;
  private long now = START;
  private final Settling settling = new Settling("test", this::settle, () -> now);

  @Test
  void triesEverMoreRarelyWhileItFails() {
    pass(Duration.ofMinutes(3));

    assertThat(began)
        .containsExactly(
            0L, 500L, 1_500L, 3_500L, 7_500L, 15_500L, 31_500L, 61_500L, 91_500L, 121_500L,
            151_500L);
  }

  @Test
  void pausesAfterAnAttemptHoweverLongItTook() {
    taking = Duration.ofSeconds(40);
    pass(Duration.ofMinutes(5));

    assertThat(began).containsExactly(0L, 40_500L, 81_500L, 123_500L, 167_500L, 215_500L, 271_500L);
  }

  @Test
  void newsEndALongPauseButNotTheShortest() {
    pass(Duration.ofMinutes(1));
    int before = began.size();
    settling.due();
    assertThat(settling.wanted()).as("no news").isFalse();

    settling.news();
    assertThat(settling.wanted()).isTrue();
    settling.run();
    settling.news();
    assertThat(settling.wanted()).as("at once again").isFalse();
    pass(Duration.ofMillis(600));
    assertThat(began).hasSize(before + 2);
  }

  @Test
  void restsOnceItHasSettled() {
    failure = Optional.empty();
    pass(Duration.ofMinutes(1));
    assertThat(began).containsExactly(0L);

    settling.due();
    assertThat(settling.wanted()).isTrue();
  }

  @Test
  void leavesWaitingForKafkaToTheFeed() {
    TimeoutException away = new TimeoutException("away");
    failure = Optional.of(away);

    assertThatThrownBy(settling::run).isSameAs(away);
    assertThat(settling.wanted()).isTrue();
  }

  private void settle() {
    began.add(Duration.ofNanos(now - START).toMillis());
    now += taking.toNanos();
    failure.ifPresent(
        e -> {
          throw e;
        });
  }

  private void pass(Duration time) {
    for (long end = now + time.toNanos(); end - now > 0; now += POLL.toNanos()) {
      if (settling.wanted()) {
        settling.run();
      }
    }
  }
}
