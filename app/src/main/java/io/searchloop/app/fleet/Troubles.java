package io.searchloop.app.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Faults over time: begins them at random moments, ends them, starts again what ended, and notes
 * how long each component took to do its work again. Few at once, one to a component and one to a
 * group, so that shoppers have a worker left. One thread.
 */
final class Troubles {
  private static final int MOST_AT_ONCE = 3;

  private final List<Component> components;
  private final FaultDeck deck;
  private final RandomGenerator random;
  private final Duration pace;
  private final List<Trouble> open = new ArrayList<>();
  private final List<ChaosReport.FaultRecord> past = new ArrayList<>();
  private final Instant began;
  private Instant next;

  /** A fault from its beginning until its component does its work again. */
  private record Trouble(Fault fault, Instant began, boolean ended) {
    boolean due(Instant now) {
      return !ended && !now.isBefore(began.plus(fault.lasts()));
    }
  }

  /**
   * @param pace mean time between faults
   * @param now when the first wait begins
   */
  Troubles(List<Component> components, RandomGenerator random, Duration pace, Instant now) {
    this.components = List.copyOf(components);
    this.deck = new FaultDeck(components, random);
    this.random = random;
    this.pace = pace;
    this.began = now;
    this.next = now.plus(pace);
  }

  /** Does what is due; a fault that began is returned. */
  Optional<Fault> move(Instant now) {
    tend(now);
    if (now.isBefore(next) || open.size() >= MOST_AT_ONCE) {
      return Optional.empty();
    }
    Optional<Fault> fault = deck.draw(this::spared);
    fault.ifPresent(
        drawn -> {
          drawn.begin();
          open.add(new Trouble(drawn, now, false));
          next = now.plusMillis(Math.round(random.nextExponential() * pace.toMillis()));
        });
    return fault;
  }

  /** Ends what is due, starts again what ended, and begins nothing. */
  void tend(Instant now) {
    components.forEach(component -> component.process().start());
    open.replaceAll(trouble -> trouble.due(now) ? end(trouble) : trouble);
    List<Trouble> over =
        open.stream()
            .filter(
                trouble -> trouble.ended() && trouble.fault().component().ready().getAsBoolean())
            .toList();
    over.forEach(trouble -> past.add(record(trouble, now)));
    open.removeAll(over);
  }

  /** Faults whose component does not do its work yet. */
  List<String> open() {
    return open.stream().map(trouble -> trouble.fault().component().name()).toList();
  }

  /** Faults that are over, in the order in which they were. */
  List<ChaosReport.FaultRecord> past() {
    return List.copyOf(past);
  }

  private static Trouble end(Trouble trouble) {
    trouble.fault().end();
    return new Trouble(trouble.fault(), trouble.began(), true);
  }

  private ChaosReport.FaultRecord record(Trouble trouble, Instant now) {
    return new ChaosReport.FaultRecord(
        Duration.between(began, trouble.began()).toMillis(),
        trouble.fault().component().name(),
        trouble.fault().kind().label(),
        trouble.fault().lasts().toMillis(),
        Duration.between(trouble.began().plus(trouble.fault().lasts()), now).toMillis());
  }

  private boolean spared(Component component) {
    return open.stream()
        .anyMatch(trouble -> trouble.fault().component().group().equals(component.group()));
  }
}
