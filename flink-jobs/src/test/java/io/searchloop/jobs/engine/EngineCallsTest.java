package io.searchloop.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineCallsTest {
  private static final Duration OPEN = Duration.ofSeconds(5);

  private final SetClock clock = new SetClock();
  private final AtomicInteger asked = new AtomicInteger();
  private final EngineCalls calls = calls(Map.of("calls.attempts", "1"));

  @AfterEach
  void close() {
    calls.close();
  }

  @Test
  void leavesAFailingEngineAloneUntilTrialCallsSucceed() {
    for (int i = 0; i < 4; i++) {
      assertFails(this::fail, IllegalStateException.class);
    }
    assertThat(calls.open()).isTrue();

    assertFails(this::answer, CallNotPermittedException.class);
    assertThat(asked).hasValue(4);
    assertThat(calls.refusedAttempts()).isEqualTo(1);

    clock.advance(OPEN.plusMillis(1));
    assertThat(result(this::answer)).isEqualTo("found");
    assertThat(result(this::answer)).isEqualTo("found");
    assertThat(calls.open()).isFalse();
    assertThat(calls.failedCalls()).isEqualTo(5);
  }

  @Test
  void stopsAskingAgainWhenATrialCallFails() {
    for (int i = 0; i < 4; i++) {
      assertFails(this::fail, IllegalStateException.class);
    }
    clock.advance(OPEN.plusMillis(1));

    assertFails(this::fail, IllegalStateException.class);
    assertFails(this::fail, IllegalStateException.class);

    assertThat(calls.open()).isTrue();
  }

  @Test
  void asksSoManyTimesAndThenTellsTheLastFailure() {
    try (EngineCalls patient = calls(Map.of("calls.attempts", "3"))) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> patient.call(this::fail).toCompletableFuture().join())
          .withRootCauseInstanceOf(IllegalStateException.class)
          .withMessageContaining("away 3");
    }
  }

  @Test
  void interruptsASearchThatHangs() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Callable<String> hang =
        () -> {
          try {
            new CountDownLatch(1).await();
            return "never";
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
        };
    try (EngineCalls hurried = calls(Map.of("calls.attempts", "1", "calls.timeout", "PT0.02S"))) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> hurried.call(hang).toCompletableFuture().join())
          .withCauseInstanceOf(TimeoutException.class);
      assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private String answer() {
    asked.incrementAndGet();
    return "found";
  }

  private String fail() {
    throw new IllegalStateException("away " + asked.incrementAndGet());
  }

  private String result(Callable<String> search) {
    return calls.call(search).toCompletableFuture().join();
  }

  private void assertFails(Callable<String> search, Class<? extends Exception> cause) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> result(search))
        .withCauseInstanceOf(cause);
  }

  private EngineCalls calls(Map<String, String> settings) {
    Map<String, String> values = new HashMap<>(settings);
    values.put("calls.backoff", "PT0.001S");
    values.put("calls.breaker-calls", "4");
    values.put("calls.breaker-open", OPEN.toString());
    return new EngineCalls(new ConfigBinder(values).bind("calls", EngineCallConfig.class), clock);
  }

  /** A clock that stands until it is told. */
  private static final class SetClock extends Clock {
    private volatile Instant now = Instant.ofEpochMilli(1_000);

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
