package io.searchloop.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventOutboxTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final VirtualTimeline timeline = new VirtualTimeline(NOON);
  private final FakeStorefront shop = new FakeStorefront(text -> List.of());
  private final SplittableRandom random = new SplittableRandom(2);
  private final Tally tally = new Tally();

  @Test
  void deliversEventsWhenTheirTimeHasCome() {
    EventOutbox outbox = outbox("shuffle-share", "0", "duplicate-share", "0");

    outbox.plan(List.of(event(0, Duration.ZERO), event(1, Duration.ofSeconds(5))), random);
    outbox.flush();
    assertThat(shop.events()).extracting(SearchEvent::getEventId).containsExactly("e0");

    timeline.pass(Duration.ofSeconds(5));
    outbox.flush();
    assertThat(shop.events()).extracting(SearchEvent::getEventId).containsExactly("e0", "e1");
  }

  @Test
  void deliversTheAskedShareTwiceAndTheRestOnce() {
    EventOutbox outbox = outbox("shuffle-share", "0", "duplicate-share", "0.2");

    outbox.plan(IntStream.range(0, 2000).mapToObj(i -> event(i, Duration.ZERO)).toList(), random);
    timeline.pass(Duration.ofSeconds(1));
    outbox.flush();

    long duplicates = tally.snapshot().duplicates();
    assertThat(duplicates).isBetween(340L, 460L);
    assertThat(shop.events()).hasSize(2000 + (int) duplicates);
    assertThat(shop.events().distinct()).hasSize(2000);
  }

  @Test
  void deliversSomeOutOfOrderButNoneLaterThanTheBound() {
    EventOutbox outbox = outbox("shuffle-share", "0.3", "duplicate-share", "0");
    List<SearchEvent> events =
        IntStream.range(0, 300).mapToObj(i -> event(i, Duration.ofMillis(i))).toList();

    outbox.plan(events, random);
    for (int tick = 0; tick < 13; tick++) {
      timeline.pass(Duration.ofMillis(100));
      outbox.flush();
    }

    assertThat(shop.events()).hasSize(300).hasSameElementsAs(events);
    assertThat(shop.events().map(SearchEvent::getTimestamp).toList())
        .isNotEqualTo(events.stream().map(SearchEvent::getTimestamp).toList());
  }

  @Test
  void sendsInBatches() {
    EventOutbox outbox = outbox("shuffle-share", "0", "duplicate-share", "0");

    outbox.plan(IntStream.range(0, 1200).mapToObj(i -> event(i, Duration.ZERO)).toList(), random);
    outbox.flush();

    assertThat(shop.batches()).extracting(List::size).containsExactly(500, 500, 200);
  }

  @Test
  void keepsEventsWhileTheShopIsDown() {
    EventOutbox outbox = outbox("shuffle-share", "0", "duplicate-share", "0");
    outbox.plan(IntStream.range(0, 10).mapToObj(i -> event(i, Duration.ZERO)).toList(), random);

    shop.setDown(true);
    outbox.flush();
    outbox.flush();
    shop.setDown(false);
    outbox.flush();

    assertThat(shop.events())
        .extracting(SearchEvent::getEventId)
        .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(i -> "e" + i).toList());
    assertThat(tally.snapshot().failedSends()).isEqualTo(2);
    assertThat(tally.snapshot().droppedEvents()).isZero();
  }

  @Test
  void countsWhatIsRefusedForGoodAsDropped() {
    EventOutbox outbox = outbox("shuffle-share", "0", "duplicate-share", "0");
    outbox.plan(List.of(event(0, Duration.ZERO)), random);

    shop.refuseForGood();
    outbox.flush();

    assertThat(tally.snapshot().droppedEvents()).isEqualTo(1);
    assertThat(tally.snapshot().sentEvents()).isZero();
  }

  private EventOutbox outbox(String... settings) {
    return new EventOutbox(shop, ShopperConfigs.with(settings), timeline, tally);
  }

  private static SearchEvent event(int number, Duration after) {
    return SearchEvent.newBuilder()
        .setEventId("e" + number)
        .setActionName("click")
        .setTimestamp(NOON.plus(after))
        .build();
  }
}
