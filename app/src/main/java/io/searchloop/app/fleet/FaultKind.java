package io.searchloop.app.fleet;

import java.util.Locale;

/** What befalls a component. */
enum FaultKind {
  /** Ended at once, as by {@code kill -9} or a machine that loses power. */
  KILL(false),
  /** Asked to end, as by an upgrade. */
  RESTART(false),
  /** Not running for a while, its connections open, as in a long pause for garbage. */
  PAUSE(true),
  /** A tenth to half a second later in each direction. */
  SLOW(true),
  /** Out of reach of its clients. */
  CUT(true),
  /** No room for a byte more. */
  FULL_DISK(true);

  private final boolean lasts;

  FaultKind(boolean lasts) {
    this.lasts = lasts;
  }

  /** Whether it has an end of its own; what does not is mended by starting the component again. */
  boolean lasts() {
    return lasts;
  }

  /** Whether a component can be hit by it. */
  boolean fits(Component component) {
    return switch (this) {
      case KILL, RESTART, PAUSE -> true;
      case SLOW, CUT -> component.way().isPresent();
      case FULL_DISK -> component.disk().isPresent();
    };
  }

  /** Name in reports, such as {@code full disk}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
