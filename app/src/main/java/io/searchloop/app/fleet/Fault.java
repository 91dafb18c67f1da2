package io.searchloop.app.fleet;

import java.time.Duration;

/**
 * Something that befalls a component for a while.
 *
 * @param lasts how long; zero when it has no end of its own
 * @param delay of each direction while the way is slow
 */
record Fault(Component component, FaultKind kind, Duration lasts, Duration delay) {

  void begin() {
    switch (kind) {
      case KILL -> component.process().kill();
      case RESTART -> component.process().terminate();
      case PAUSE -> component.process().pause();
      case SLOW -> component.way().orElseThrow().delay(delay);
      case CUT -> component.way().orElseThrow().cut();
      case FULL_DISK -> component.disk().orElseThrow().fill();
    }
  }

  void end() {
    switch (kind) {
      case KILL, RESTART -> {}
      case PAUSE -> component.process().resume();
      case SLOW, CUT -> component.way().orElseThrow().heal();
      case FULL_DISK -> component.disk().orElseThrow().free();
    }
  }
}
