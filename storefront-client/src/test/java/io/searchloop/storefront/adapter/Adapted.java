package io.searchloop.storefront.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.event.EventReader;
import io.searchloop.schemas.event.EventReader.Outcome;
import io.searchloop.schemas.json.FieldFault;
import io.searchloop.schemas.json.StrictJson;
import java.time.Instant;
import java.util.List;

/** What an adapter and the reader together make of a text. */
final class Adapted {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final EventReader READER = new EventReader();

  private Adapted() {}

  static List<SearchEvent> events(EventAdapter adapter, String text) {
    return adapter.adapt(StrictJson.object(text)).stream()
        .flatMap(a -> events(a).stream())
        .toList();
  }

  private static List<SearchEvent> events(Adaptation adaptation) {
    assertThat(adaptation).isInstanceOf(Adaptation.Mapped.class);
    return ((Adaptation.Mapped) adaptation)
        .events().stream()
            .map(event -> READER.read(event, NOW))
            .peek(outcome -> assertThat(outcome).isInstanceOf(Outcome.Accepted.class))
            .map(outcome -> ((Outcome.Accepted) outcome).event())
            .toList();
  }

  static FieldFault fault(EventAdapter adapter, String text) {
    Adaptation adaptation = only(adapter, text);
    if (adaptation instanceof Adaptation.Refused refused) {
      return refused.fault();
    }
    return ((Adaptation.Mapped) adaptation)
        .events().stream()
            .map(event -> READER.read(event, NOW))
            .filter(Outcome.Refused.class::isInstance)
            .map(outcome -> ((Outcome.Refused) outcome).fault())
            .findFirst()
            .orElseThrow();
  }

  static Adaptation only(EventAdapter adapter, String text) {
    List<Adaptation> adaptations = adapter.adapt(StrictJson.object(text));
    assertThat(adaptations).hasSize(1);
    return adaptations.get(0);
  }
}
