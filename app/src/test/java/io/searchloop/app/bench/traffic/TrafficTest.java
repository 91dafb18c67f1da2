package io.searchloop.app.bench.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final TrafficShape SHAPE = TrafficShape.keepingOpen(1_000, 5_000, SHORT, LONG, 7);

  @Test
  void theSameShapeGivesTheSameRecords() {
    assertThat(all(SHAPE)).isEqualTo(all(SHAPE));
  }

  @Test
  void anotherSeedGivesOthers() {
    TrafficShape other = TrafficShape.keepingOpen(1_000, 5_000, SHORT, LONG, 8);

    assertThat(all(other)).isNotEqualTo(all(SHAPE));
  }

  @Test
  void recordsArriveInOrderAndNoneIsLate() {
    long newest = Long.MIN_VALUE;
    long arrival = Long.MIN_VALUE;
    for (TrafficRecord record : all(SHAPE)) {
      long happened = time(record).toEpochMilli();
      newest = Math.max(newest, happened);

      assertThat(record.arrivesAt()).isGreaterThanOrEqualTo(arrival);
      assertThat(newest - happened).isLessThan(BenchRewards.LATENESS.toMillis());
      arrival = record.arrivesAt();
    }
  }

  @Test
  void openersAreShownAndNothingElse() {
    List<TrafficRecord> before =
        all(SHAPE).stream()
            .filter(record -> time(record).toEpochMilli() < new Traffic(SHAPE).trafficBegins())
            .toList();

    assertThat(before).hasSizeBetween(2_000, 2_100);
    assertThat(actions(before)).containsOnlyKeys("decision", "impression");
  }

  @Test
  void asManyImpressionsStayOpenAsAskedFor() {
    assertThat(SHAPE.open()).isEqualTo(1_000);
    assertThat(SHAPE.longWindow()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void everyActionOccursInItsShare() {
    Map<String, Long> actions = actions(all(SHAPE));

    assertThat(actions.get("decision")).isBetween(6_000L, 6_120L);
    assertThat(actions.get("impression")).isBetween(6_000L, 6_120L);
    assertThat(actions.get("query")).isBetween(5_000L, 5_100L);
    assertThat(actions.get("click")).isBetween(3_600L, 4_500L);
    assertThat(actions.get("add_to_cart")).isBetween(1_000L, 1_400L);
    assertThat(actions.get("purchase")).isBetween(330L, 520L);
    assertThat(actions.get("remove_from_cart")).isPositive();
    assertThat(actions.get("refund")).isPositive();
  }

  @Test
  void noVisitorSearchesMoreThanThreeTimes() {
    Map<String, Long> searches =
        all(SHAPE).stream()
            .map(TrafficRecord::value)
            .filter(Decision.class::isInstance)
            .map(Decision.class::cast)
            .collect(
                Collectors.groupingBy(
                    Decision::getClientId,
                    Collectors.mapping(
                        Decision::getQueryId,
                        Collectors.collectingAndThen(
                            Collectors.toSet(), queries -> (long) queries.size()))));

    assertThat(searches.values()).allMatch(count -> count >= 1 && count <= 3).contains(2L, 3L);
  }

  @Test
  void endsAndSaysSo() {
    Traffic traffic = new Traffic(new TrafficShape(7, 0, 1, 1, SHORT, SHORT.multipliedBy(3)));
    traffic.forEachRemaining(record -> {});

    assertThat(traffic.hasNext()).isFalse();
    assertThatThrownBy(traffic::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void refusesWindowsThatLoseOutcomes() {
    assertThatThrownBy(() -> new TrafficShape(7, 0, 1, 1, SHORT, SHORT))
        .hasMessageContaining("Long window is PT2S, expected at least 2.5 times the short one");
  }

  private static List<TrafficRecord> all(TrafficShape shape) {
    List<TrafficRecord> records = new ArrayList<>();
    new Traffic(shape).forEachRemaining(records::add);
    return records;
  }

  private static Map<String, Long> actions(List<TrafficRecord> records) {
    return records.stream()
        .collect(Collectors.groupingBy(TrafficTest::action, Collectors.counting()));
  }

  private static String action(TrafficRecord record) {
    return record.value() instanceof SearchEvent event ? event.getActionName() : "decision";
  }

  private static Instant time(TrafficRecord record) {
    return record.value() instanceof SearchEvent event
        ? event.getTimestamp()
        : ((Decision) record.value()).getTimestamp();
  }
}
