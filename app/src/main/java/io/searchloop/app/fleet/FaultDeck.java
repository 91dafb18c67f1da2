package io.searchloop.app.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Draws faults without replacement from all pairs of component and kind, and shuffles anew when
 * none is left: every component meets every kind equally often. The same seed draws the same.
 */
final class FaultDeck {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(8);
  private static final Duration LEAST_DELAY = Duration.ofMillis(100);
  private static final Duration MOST_DELAY = Duration.ofMillis(500);

  private final List<Component> components;
  private final RandomGenerator random;
  private final List<Card> cards = new ArrayList<>();

  private record Card(Component component, FaultKind kind) {}

  FaultDeck(List<Component> components, RandomGenerator random) {
    this.components = List.copyOf(components);
    this.random = random;
  }

  /**
   * The next fault.
   *
   * @param spared components that nothing may befall now
   * @return empty when that leaves none
   */
  Optional<Fault> draw(Predicate<Component> spared) {
    if (cards.isEmpty()) {
      shuffle();
    }
    for (Iterator<Card> each = cards.iterator(); each.hasNext(); ) {
      Card card = each.next();
      if (!spared.test(card.component())) {
        each.remove();
        return Optional.of(fault(card));
      }
    }
    return Optional.empty();
  }

  private Fault fault(Card card) {
    Duration lasts = card.kind().lasts() ? between(SHORTEST, LONGEST) : Duration.ZERO;
    return new Fault(card.component(), card.kind(), lasts, between(LEAST_DELAY, MOST_DELAY));
  }

  private void shuffle() {
    for (Component component : components) {
      for (FaultKind kind : FaultKind.values()) {
        if (kind.fits(component)) {
          cards.add(random.nextInt(cards.size() + 1), new Card(component, kind));
        }
      }
    }
  }

  private Duration between(Duration least, Duration most) {
    return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
  }
}
