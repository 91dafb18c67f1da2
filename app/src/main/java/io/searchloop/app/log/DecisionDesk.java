package io.searchloop.app.log;

import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.serde.Serdes;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes people's decisions to the control log, from the console and from the command line.
 *
 * <p>The loop decides by itself, every few seconds where it learns fast. What it decided after the
 * head that a person saw does not stand in that person's way, and a decision that it overtakes is
 * repeated upon its head; a decision of another person does.
 */
public final class DecisionDesk {
  /** How often in a row the loop may be faster. */
  private static final int ATTEMPTS = 5;

  private final Brokers brokers;
  private final Serdes serdes;
  private final InstantSource clock;

  /**
   * What a person wants.
   *
   * @param version release acted on; -1 for none
   * @param percent share of visitors for CANARY; 0 otherwise
   */
  public record Order(ControlAction action, long version, int percent, String who, String why) {
    public Order {
      if (who.equals(ControlLog.LOOP)) {
        throw new IllegalArgumentException(
            "Author is '%s', which is how the loop signs; expected the name of a person."
                .formatted(who));
      }
    }
  }

  /** What became of it, and the head since. */
  public record Answer(Verdict verdict, PolicyHead head) {}

  /** Others were faster; the message says who, and upon which head to decide again. */
  public static final class Overtaken extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient PolicyHead head;

    private Overtaken(String found, boolean written, PolicyHead head) {
      super(
          "%s. %s The head is now %d: version %d serves, lineage %d. Decide again upon that head, if still needed."
              .formatted(
                  found,
                  written ? "What was written is void." : "Nothing is written.",
                  head.headOffset(),
                  head.activeVersion(),
                  head.lineage()));
      this.head = head;
    }

    /** The head now. */
    public PolicyHead head() {
      return head;
    }
  }

  public DecisionDesk(Brokers brokers, Serdes serdes, InstantSource clock) {
    this.brokers = brokers;
    this.serdes = serdes;
    this.clock = clock;
  }

  /** The history as it is now. */
  public PolicyHistory history() {
    return PolicyHistory.read(brokers, serdes);
  }

  /**
   * Appends an order, as often as the loop alone is faster.
   *
   * @param seen the history its checks were made upon
   * @param expectedHead head its author saw
   * @return the verdict: effective, or void for a reason of the order's own
   * @throws Overtaken when another person was faster, or the loop again and again
   */
  public Answer decide(Order order, PolicyHistory seen, long expectedHead) throws Overtaken {
    PolicyHistory newest = seen;
    try (ControlWriter writer = new ControlWriter(brokers, serdes, clock)) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        checkPeople(expectedHead, newest, attempt > 0);
        long head = head(newest).headOffset();
        Verdict verdict = append(writer, order, head);
        newest = history();
        if (verdict.effective() || headBefore(verdict.offset(), newest) == head) {
          return new Answer(verdict, head(newest));
        }
      }
    }
    throw new Overtaken("The loop was faster each time", true, head(newest));
  }

  /** Appends an order once, upon this head alone. */
  public Answer decideUpon(Order order, long expectedHead) {
    try (ControlWriter writer = new ControlWriter(brokers, serdes, clock)) {
      Verdict verdict = append(writer, order, expectedHead);
      return new Answer(verdict, head(history()));
    }
  }

  private static Verdict append(ControlWriter writer, Order order, long head) {
    return writer.decide(
        order.action(), order.version(), order.percent(), order.who(), order.why(), head);
  }

  private static void checkPeople(long decidedUpon, PolicyHistory newest, boolean written)
      throws Overtaken {
    PolicyHead now = head(newest);
    if (decidedUpon > now.headOffset()) {
      throw new Overtaken("You decided upon head " + decidedUpon, written, now);
    }
    Optional<PolicyControl> other = personalDecision(decidedUpon, newest);
    if (other.isPresent()) {
      PolicyControl between = other.get();
      throw new Overtaken(
          "You decided upon head %d, and %s decided %s meanwhile: %s"
              .formatted(decidedUpon, between.getWho(), between.getAction(), between.getWhy()),
          written,
          now);
    }
  }

  private static Optional<PolicyControl> personalDecision(long after, PolicyHistory newest) {
    Set<Long> effective =
        newest.control().verdicts().stream()
            .filter(Verdict::effective)
            .map(Verdict::offset)
            .collect(Collectors.toSet());
    return newest.decisions().stream()
        .filter(decision -> decision.offset() > after)
        .filter(decision -> effective.contains(decision.offset()))
        .map(Located::value)
        .filter(control -> !control.getWho().equals(ControlLog.LOOP))
        .findFirst();
  }

  /** The head that a record found; -1 for an empty log. */
  private static long headBefore(long offset, PolicyHistory newest) {
    return newest.control().verdicts().stream()
        .filter(verdict -> verdict.effective() && verdict.offset() < offset)
        .mapToLong(Verdict::offset)
        .max()
        .orElse(PolicyHead.EMPTY.headOffset());
  }

  private static PolicyHead head(PolicyHistory history) {
    return history.control().head();
  }
}
