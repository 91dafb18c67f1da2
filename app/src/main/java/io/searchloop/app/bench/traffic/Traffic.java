package io.searchloop.app.bench.traffic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Decisions and events of many shoppers in the order they arrive: the same shape gives the same
 * records, byte for byte. Searches come at even distances, their events at random ones; arrival is
 * out of order by less than the allowed lateness, and one event in a hundred comes twice.
 *
 * <p>Event time begins at a fixed instant of the past, so that no run depends on the day it is made
 * on. Not thread-safe.
 */
final class Traffic implements Iterator<TrafficRecord> {
  /** When the first search is made. */
  static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");

  private static final double RETURNS = .4;
  private static final int MOST_SEARCHES_OF_A_VISITOR = 3;
  private static final int REMEMBERED_VISITORS = 10_000;

  /** A visitor who may search again. */
  private record Visitor(String id, int searches) {}

  private final TrafficShape shape;
  private final RandomGenerator random;
  private final ShopperScript script;
  private final PriorityQueue<TrafficRecord> underWay = new PriorityQueue<>();
  private final List<Visitor> mayReturn = new ArrayList<>();
  private long nextSearch;

  Traffic(TrafficShape shape) {
    this.shape = shape;
    this.random = new SplittableRandom(shape.seed());
    this.script = new ShopperScript(random, shape.shortWindow());
  }

  @Override
  public boolean hasNext() {
    return nextSearch < shape.allSearches() || !underWay.isEmpty();
  }

  @Override
  public TrafficRecord next() {
    while (nextSearch < shape.allSearches() && !arrivesBefore(searchTime(nextSearch))) {
      boolean opener = nextSearch < shape.openers();
      script.play(searchTime(nextSearch), visitor(), opener, underWay::add);
      nextSearch++;
    }
    TrafficRecord next = underWay.poll();
    if (next == null) {
      throw new NoSuchElementException("The traffic is over; ask hasNext() first.");
    }
    return next;
  }

  /** When the traffic proper begins, epoch milliseconds: what arrives before fills the state. */
  long trafficBegins() {
    return searchTime(shape.openers());
  }

  private boolean arrivesBefore(long time) {
    TrafficRecord first = underWay.peek();
    return first != null && first.arrivesAt() < time;
  }

  private long searchTime(long search) {
    return BEGIN.toEpochMilli() + search * 1000 / shape.searchesPerSecond();
  }

  private String visitor() {
    if (!mayReturn.isEmpty() && random.nextDouble() < RETURNS) {
      int place = random.nextInt(mayReturn.size());
      Visitor returning = mayReturn.get(place);
      if (returning.searches() + 1 < MOST_SEARCHES_OF_A_VISITOR) {
        mayReturn.set(place, new Visitor(returning.id(), returning.searches() + 1));
      } else {
        forget(place);
      }
      return returning.id();
    }
    Visitor fresh = new Visitor(new UUID(random.nextLong(), random.nextLong()).toString(), 1);
    if (mayReturn.size() < REMEMBERED_VISITORS) {
      mayReturn.add(fresh);
    } else {
      mayReturn.set(random.nextInt(REMEMBERED_VISITORS), fresh);
    }
    return fresh.id();
  }

  private void forget(int place) {
    Visitor last = mayReturn.remove(mayReturn.size() - 1);
    if (place < mayReturn.size()) {
      mayReturn.set(place, last);
    }
  }
}
