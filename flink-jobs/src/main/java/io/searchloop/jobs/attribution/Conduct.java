package io.searchloop.jobs.attribution;

import io.searchloop.learning.event.Action;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.state.VisitorState;

/**
 * Tells shoppers from robots by what they do: how often, how hastily, and how indiscriminately they
 * click. A visitor once condemned is quarantined for a while and then starts with a clean sheet.
 * Rules: docs/attribution.md, "Trust".
 */
final class Conduct {
  private static final long MINUTE_MS = 60_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final VisitorState visitor;

  Conduct(VisitorState visitor) {
    this.visitor = visitor;
  }

  /** Whether a verdict holds at this instant. One that has run out is forgotten. */
  boolean quarantined(long time) {
    if (visitor.getQuarantinedUntil() == NEVER) {
      return false;
    }
    if (time <= visitor.getQuarantinedUntil()) {
      return true;
    }
    beginAnew(NEVER);
    return false;
  }

  /**
   * Takes note of an event and judges the visitor by it.
   *
   * @param clicked number of the clicked product among those clicked in its search, from one; 0 for
   *     no click, or one that belongs to no search
   * @return whether the event condemns its visitor
   */
  boolean condemns(Action action, long time, int clicked, RewardConfig config) {
    boolean condemned = tooFrequent(time, config);
    if (action == Action.CLICK) {
      condemned |= tooHasty(time, config);
      condemned |= config.getClickAllProducts() > 0 && clicked >= config.getClickAllProducts();
    }
    if (condemned) {
      beginAnew(time + config.getQuarantineMs());
    }
    return condemned;
  }

  /** The last instant at which anything noted here can matter. */
  long mattersUntil(RewardConfig config) {
    long until = visitor.getQuarantinedUntil();
    if (visitor.getMinuteEvents() > 0) {
      until = Math.max(until, (visitor.getMinute() + 1) * MINUTE_MS - 1);
    }
    if (visitor.getLastClick() != NEVER) {
      until = Math.max(until, visitor.getLastClick() + config.getMinDwellMs());
    }
    return until;
  }

  private boolean tooFrequent(long time, RewardConfig config) {
    long minute = Math.floorDiv(time, MINUTE_MS);
    if (minute != visitor.getMinute()) {
      visitor.setMinute(minute);
      visitor.setMinuteEvents(0);
    }
    visitor.setMinuteEvents(visitor.getMinuteEvents() + 1);
    return config.getMaxEventsPerMinute() > 0
        && visitor.getMinuteEvents() > config.getMaxEventsPerMinute();
  }

  private boolean tooHasty(long time, RewardConfig config) {
    boolean hasty =
        visitor.getLastClick() != NEVER && time - visitor.getLastClick() < config.getMinDwellMs();
    visitor.setClickRun(hasty ? visitor.getClickRun() + 1 : 1);
    visitor.setLastClick(time);
    return config.getDwellClicks() > 0 && visitor.getClickRun() >= config.getDwellClicks();
  }

  private void beginAnew(long quarantinedUntil) {
    visitor.setQuarantinedUntil(quarantinedUntil);
    visitor.setMinute(NEVER);
    visitor.setMinuteEvents(0);
    visitor.setLastClick(NEVER);
    visitor.setClickRun(0);
  }
}
