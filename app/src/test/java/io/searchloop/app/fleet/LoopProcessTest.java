package io.searchloop.app.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopProcessTest {
  @TempDir private Path directory;

  /** Says that it lives, and goes on living. */
  static final class Sleeper {
    public static void main(String[] arguments) throws InterruptedException {
      System.out.println("alive as " + System.getenv("NAME"));
      new CountDownLatch(1).await();
    }
  }

  @Test
  void endsPausesAndBeginsAgain() {
    try (LoopProcess process =
        LoopProcess.of(
            "sleeper",
            "16m",
            List.of("-XX:TieredStopAtLevel=1"),
            Sleeper.class.getName(),
            List.of(),
            Map.of("NAME", "one of us"),
            directory)) {
      assertThat(process.alive()).isFalse();
      process.start();
      awaitLives(1);

      process.pause();
      assertThat(process.paused()).isTrue();
      assertThat(process.alive()).isTrue();
      process.resume();
      assertThat(process.paused()).isFalse();

      process.pause();
      process.kill(); // a paused process, too
      Eventually.decided(() -> process.alive() ? Optional.empty() : Optional.of(true));
      process.start();
      process.start(); // it lives: nothing to do
      awaitLives(2);
      assertThat(process.starts()).isEqualTo(2);
    }
  }

  private void awaitLives(int lives) {
    Path log = directory.resolve("sleeper.log");
    Eventually.decided(
        () ->
            Files.readAllLines(log).stream().filter("alive as one of us"::equals).count() == lives
                ? Optional.of(true)
                : Optional.empty());
  }
}
