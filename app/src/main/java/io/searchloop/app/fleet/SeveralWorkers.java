package io.searchloop.app.fleet;

import io.searchloop.app.simulation.HttpStorefront;
import io.searchloop.app.simulation.SearchPage;
import io.searchloop.app.simulation.StorefrontClient;
import io.searchloop.app.simulation.StorefrontException;
import io.searchloop.schemas.SearchEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * A storefront before several workers, in turn: what one does not answer in time another is asked
 * once. Remembers which events were taken.
 */
final class SeveralWorkers implements StorefrontClient {
  private static final String IDENTITY = "identity";

  private final List<HttpStorefront> workers;
  private final AtomicInteger turn = new AtomicInteger();
  private final LongAdder searches = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder withoutPolicy = new LongAdder();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final Set<String> shown = ConcurrentHashMap.newKeySet();

  /**
   * @param addresses of the workers, two at least
   * @param patience with an answer of one
   */
  SeveralWorkers(List<URI> addresses, Duration patience) {
    this.workers =
        addresses.stream().map(address -> new HttpStorefront(address, patience)).toList();
  }

  @Override
  public SearchPage search(String query, String clientId, String sessionId) {
    searches.increment();
    try {
      SearchPage page = ask(worker -> worker.search(query, clientId, sessionId));
      shown.add(page.queryId());
      if (page.policyVersion() < 0 && !page.arm().equals(IDENTITY)) {
        withoutPolicy.increment();
      }
      return page;
    } catch (StorefrontException e) {
      failed.increment();
      throw e;
    }
  }

  @Override
  public void send(List<SearchEvent> events) {
    ask(
        worker -> {
          worker.send(events);
          return events;
        });
    events.forEach(event -> taken.add(event.getEventId()));
  }

  /** Searches that shoppers asked. */
  long searches() {
    return searches.sum();
  }

  /** Searches and batches of events that a second worker was asked for. */
  long retried() {
    return retried.sum();
  }

  /** Searches that the second worker did not answer either. */
  long failed() {
    return failed.sum();
  }

  /** Searches answered as typed because no policy was there in time. */
  long withoutPolicy() {
    return withoutPolicy.sum();
  }

  /** Ids of events that a worker confirmed. */
  Set<String> taken() {
    return Set.copyOf(taken);
  }

  /** Ids of searches that were answered. */
  Set<String> shown() {
    return Set.copyOf(shown);
  }

  private <T> T ask(Function<HttpStorefront, T> question) {
    int first = Math.floorMod(turn.getAndIncrement(), workers.size());
    try {
      return question.apply(workers.get(first));
    } catch (StorefrontException e) {
      if (!e.retryable()) {
        throw e;
      }
      retried.increment();
      return question.apply(workers.get((first + 1) % workers.size()));
    }
  }
}
