package io.searchloop.app.replay;

import static io.searchloop.app.replay.PastDirectory.click;
import static io.searchloop.app.replay.PastDirectory.orderLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.dataset.PastEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs through the real broker, registry and jobs. */
class ReplayIT {
  @TempDir Path directory;

  @Test
  void clicksEarnWhatTheOracleExpectsAndTheSecondReplayOfAPrefixIsRefused() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String user = "user" + i;
      String minute = "10:%02d".formatted(i);
      lines.add(click(3 * i, user, "Red mug", minute + ":00", "m", minute + ":10"));
      lines.add(click(3 * i + 1, user, "Red mug", minute + ":00", "m", minute + ":20"));
      if (i % 2 == 0) {
        // The second product of every other search, after the short window.
        lines.add(click(3 * i + 2, user, "Red mug", minute + ":00", "l", minute + ":45"));
      }
    }
    EventReplay replay = replay(lines, true, Map.of("reward.short-window", "PT30S"));

    ReplayReport report = replay.run();

    assertThat(report.violations()).isEmpty();
    assertThat(report.tuplesExpected()).isEqualTo(60);
    assertThat(report.tuples()).isEqualTo(new TupleCounts(40, 20, 40, 60, 0));
    assertThat(report.equation().get("search.events.v1"))
        .containsEntry("accepted", 140L)
        .containsEntry("joined", 140L);
    // All earn one click within the short window, so groups are flat until the second clicks come.
    assertThat(report.learning().flatGroups() + report.learning().groups()).isPositive();
    assertThat(report.learning().corrections()).isPositive();

    assertThatThrownBy(replay::run)
        .hasMessageContaining("Topics of an earlier replay are there")
        .hasMessageContaining("--prefix");
  }

  @Test
  void purchasesAreAttributedByTheirClickAndCancellationsTakeTheirShareBack() {
    ReplayReport report =
        replay(
                List.of(
                    orderLine(1, "purchase", "100", "ann", "m", 4, "05 10:00"),
                    orderLine(2, "purchase", "100", "ann", "l", 1, "05 10:00"),
                    orderLine(3, "purchase", "101", "bob", "l", 1, "05 11:00"),
                    orderLine(4, "cancellation", "C102", "ann", "m", -1, "06 10:00"),
                    orderLine(5, "cancellation", "C103", "bob", "l", -1, "07 10:00"),
                    orderLine(6, "cancellation", "C104", "eve", "l", -1, "07 10:00")),
                false,
                Map.of())
            .run();

    assertThat(report.violations()).isEmpty();
    // Each of three searches earns a click (1) and a purchase (10); a quarter of one purchase and
    // all of another come back.
    assertThat(report.tuples()).isEqualTo(new TupleCounts(3, 2, 0, 33 - 2.5 - 10, -12.5));
    assertThat(report.equation().get("search.events.v1")).containsEntry("dangling", 1L);
    assertThat(report.learning()).isEqualTo(new LearningCounts(0, 0, 0, 0, 0));
  }

  @Test
  void aPartOfEachRealLogReplaysClean() {
    for (String name : List.of("bestbuy-xbox", "online-retail")) {
      Path data = data().resolve(name);
      Assumptions.assumeTrue(Files.isDirectory(data), data + " is not there");
      ReplayReport report =
          new EventReplay(
                  PastEvents.in(data),
                  new EventReplay.Options("replay." + name + ".", 1500, 20, true),
                  Map.of(),
                  directory.resolve(name),
                  InstantSource.system(),
                  stage -> {})
              .run();
      assertThat(report.violations()).as(name).isEmpty();
      assertThat(report.tuples().base()).as(name).isPositive();
    }
  }

  private EventReplay replay(List<String> lines, boolean trainable, Map<String, String> given) {
    return new EventReplay(
        PastEvents.in(PastDirectory.write(directory, lines)),
        new EventReplay.Options("replay.test.", Long.MAX_VALUE, 10, trainable),
        given,
        directory.resolve("data"),
        InstantSource.system(),
        stage -> {});
  }

  private static Path data() {
    return Path.of(System.getProperty("searchloop.data", "../../shared/data"));
  }
}
