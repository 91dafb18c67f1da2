package io.searchloop.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.searchloop.jobs.fixtures.Events;
import io.searchloop.jobs.fixtures.GoldenState;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reward job goes on from the state of older code: one visitor in the middle of a search whose
 * base tuple is out, of one whose tuple is not, and with records that wait for event time.
 */
class JoinUpgradeTest {
  private static final String STATE = "join-interactions";
  private static final long BREAK = 150;
  private static final RewardConfig CONFIG =
      RewardConfig.newBuilder()
          .setShortWindowMs(100)
          .setLongWindowMs(1_000)
          .setVisitorCap(100)
          .setMaxEventsPerMinute(100)
          .build();

  private final Events log = new Events();
  private final List<SourceRecord> before =
      List.of(
          log.decision("q", 10),
          log.event("impression", "q", "p", 20),
          log.event("click", "q", "p", 50),
          log.decision("r", 130),
          log.event("impression", "r", "p", 140),
          log.event("click", "r", "p2", 160));
  private final List<SourceRecord> after =
      List.of(
          log.again(before.get(2)),
          log.event("purchase", "q", "p", 300, order("o1")),
          log.event("add_to_cart", "r", "p2", 210),
          log.event("purchase", "r", "p2", 320, order("o2")),
          log.decision("s", 400),
          log.event("impression", "s", "p", 410),
          log.event("click", "s", "p", 420));

  static List<String> versions() {
    return GoldenState.VERSIONS;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void goesOnWithoutLossFromTheStateOf(String version) throws Exception {
    assumeFalse(GoldenState.writes(), "states are written");
    try (JoinHarness whole = new JoinHarness(CONFIG);
        JoinHarness upgraded = new JoinHarness(CONFIG)) {
      receive(whole, before);
      whole.watermark(BREAK);
      int emitted = whole.emitted().size();
      assertThat(emitted).as("base tuples before the break").isPositive();
      receive(whole, after);
      whole.watermark(Long.MAX_VALUE);

      upgraded.restore(GoldenState.read(version, STATE));
      receive(upgraded, after);
      upgraded.watermark(Long.MAX_VALUE);

      assertThat(upgraded.emitted()).hasSizeGreaterThan(3);
      assertThat(plain(upgraded.emitted()))
          .isEqualTo(plain(whole.emitted().subList(emitted, whole.emitted().size())));
      assertThat(upgraded.openState()).isZero();
    }
  }

  @Test
  void writesTheStateOfThisVersion() throws Exception {
    assumeTrue(GoldenState.writes(), "no states are to be written");
    try (JoinHarness join = new JoinHarness(CONFIG)) {
      receive(join, before);
      join.watermark(BREAK);
      GoldenState.write(STATE, join.snapshot());
    }
  }

  private static void receive(JoinHarness join, List<SourceRecord> records) throws Exception {
    for (SourceRecord record : records) {
      join.receive(record);
    }
  }

  /** What a tuple says; that it names its schema in another way means nothing. */
  private static List<String> plain(List<RewardTuple> tuples) {
    List<String> lines = new ArrayList<>();
    tuples.forEach(tuple -> lines.add(tuple.toString()));
    return lines;
  }

  private static UnaryOperator<io.searchloop.schemas.SearchEvent.Builder> order(String id) {
    return event ->
        event.setOrderId(id).setOrderLine(1).setQuantity(2).setMinorUnits(500).setCurrency("EUR");
  }
}
