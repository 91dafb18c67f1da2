package io.searchloop.app.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.launcher.TopicAdmin;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.event.EventReader;
import io.searchloop.schemas.event.EventReader.Outcome;
import io.searchloop.schemas.json.StrictJson;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.storefront.Delivery;
import io.searchloop.storefront.Loss;
import io.searchloop.storefront.StorefrontProducer;
import io.searchloop.storefront.StorefrontSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The producer library and {@code events send} on a real broker that goes away. */
class StorefrontEventsIT {
  private static final int VISITORS = 40;
  private static final int EVENTS = 4_000;
  private static final LoopSettings SETTINGS =
      LoopSettings.of(
          Map.of("broker.port", "0", "broker.controller-port", "0", "registry.port", "0"), false);

  @TempDir Path directory;

  @Test
  void storesAllInTheVisitorsOrderAndTellsWhatAnOutageCost() throws Exception {
    StorefrontProducer impatient;
    try (Platform platform = Platform.start(directory, SETTINGS)) {
      try (TopicAdmin admin = new TopicAdmin(platform.bootstrapServers(), "", 2)) {
        admin.ensure(Topics.ALL);
        admin.registerSchemas(platform.serdes().client(), Topics.ALL);
      }
      StorefrontSettings settings =
          StorefrontSettings.of(
                  platform.bootstrapServers().addresses(), platform.serdes().registryUrl())
              .withTimes(Duration.ofMillis(5), Duration.ofMinutes(2), Duration.ofSeconds(20));
      try (StorefrontProducer producer = StorefrontProducer.connect(settings)) {
        List<CompletableFuture<Delivery>> sent = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
          sent.add(producer.send(event(i)));
        }
        for (CompletableFuture<Delivery> done : sent) {
          assertThat(done.get()).isInstanceOf(Delivery.Stored.class);
        }
        assertThat(producer.counts().stored()).isEqualTo(EVENTS);
      }
      impatient =
          StorefrontProducer.connect(
              settings.withTimes(
                  Duration.ofMillis(5), Duration.ofSeconds(10), Duration.ofSeconds(20)));
      try (KafkaOutlet outlet = new KafkaOutlet(settings)) {
        for (int i = EVENTS; i < EVENTS + 100; i++) {
          outlet.accept(line(i));
        }
      }
      assertThat(impatient.send(event(EVENTS + 100)).get()).isInstanceOf(Delivery.Stored.class);
      assertThatEveryVisitorsEventsAreInOrder(platform, EVENTS + 101);
    }

    CompletableFuture<Delivery> lost = impatient.send(event(0));
    assertThat(lost).as("an outage makes nobody wait").isNotDone();
    assertThat(lost.get())
        .isInstanceOfSatisfying(
            Delivery.Lost.class, loss -> assertThat(loss.reason()).isEqualTo(Loss.KAFKA));
    impatient.close();
    assertThat(impatient.counts().stored()).isEqualTo(1);
    assertThat(impatient.counts().lost()).containsEntry(Loss.KAFKA, 1L);
    assertThat(impatient.counts().underWay()).isZero();
  }

  @Test
  void saysThatNothingWasStoredWhereNoWorkerIs() {
    HttpOutlet outlet =
        new HttpOutlet(java.net.URI.create("http://127.0.0.1:1"), Duration.ofMillis(1));
    outlet.accept(line(1));

    assertThatThrownBy(outlet::close)
        .hasMessageContaining("0 events were stored")
        .hasMessageContaining("http://127.0.0.1:1/v1/events");
  }

  private static void assertThatEveryVisitorsEventsAreInOrder(Platform platform, int expected) {
    List<SearchEvent> stored =
        TopicLog.readAll(Topics.EVENTS, platform.bootstrapServers(), platform.serdes()).stream()
            .map(Located::value)
            .toList();
    assertThat(stored).hasSize(expected);
    Map<String, Instant> last = new HashMap<>();
    for (SearchEvent event : stored) {
      Instant before = last.put(event.getClientId(), event.getTimestamp());
      assertThat(before == null || before.isBefore(event.getTimestamp())).isTrue();
    }
    assertThat(last).hasSize(VISITORS);
  }

  private static SearchEvent event(int number) {
    return line(number).event();
  }

  private static CheckedLine line(int number) {
    var json =
        StrictJson.object(
            """
            {"event_id":"e%d","client_id":"c%d","query_id":"q","action_name":"click",
             "object_id":"p","timestamp":%d}
            """
                .formatted(number, number % VISITORS, 1_700_000_000_000L + number));
    Outcome outcome = new EventReader().read(json, Instant.parse("2026-01-01T00:00:00Z"));
    return new CheckedLine(number, json, ((Outcome.Accepted) outcome).event());
  }
}
