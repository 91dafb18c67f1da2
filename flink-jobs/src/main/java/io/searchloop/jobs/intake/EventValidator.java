package io.searchloop.jobs.intake;

import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.event.EventRules;
import java.time.Instant;
import java.util.Optional;

/** What a storefront event must carry so that it can be attributed. */
final class EventValidator implements Validator<SearchEvent> {
  @Override
  public Optional<Refusal> refuse(SearchEvent event, long brokerTime) {
    return EventRules.refuse(event, Instant.ofEpochMilli(brokerTime)).map(Refusal::of);
  }
}
