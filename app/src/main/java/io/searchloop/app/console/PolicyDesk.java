package io.searchloop.app.console;

import io.searchloop.app.console.ConsoleRoute.Call;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.log.ControlWriter;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.jobs.health.PolicyHealthJob;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.log.Located;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code POST /api/policy}: appends a decision to the control log and answers with the verdict of
 * the one fold. Everything that can be found out before is, so that a mistake leaves no record.
 *
 * <p>The loop promotes releases by itself, every few seconds where it learns fast. What it decided
 * after the head that a person saw does not stand in that person's way, and a decision that it
 * overtakes is repeated upon its head; a decision of another person does.
 */
final class PolicyDesk {
  /** How often in a row the loop may be faster. */
  private static final int ATTEMPTS = 5;

  private final LoopConnection loop;
  private final InstantSource clock;

  PolicyDesk(LoopConnection loop, InstantSource clock) {
    this.loop = loop;
    this.clock = clock;
  }

  /** What became of an order. */
  record Answer(Verdict verdict, PolicyHead head) {}

  ConsoleReply decide(Call call) {
    PolicyOrder order = PolicyOrder.read(call.body(), call.person());
    PolicyHistory seen = history();
    checkRelease(order, seen);
    try (ControlWriter writer = new ControlWriter(loop.brokers(), loop.serdes(), clock)) {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        long head = headFor(order, seen);
        Verdict verdict = append(writer, order, head);
        seen = history();
        PolicyHead now = seen.control().head();
        if (verdict.effective()) {
          return ConsoleReply.ok(new Answer(verdict, now));
        }
        if (now.headOffset() == head) {
          throw voided(order, verdict);
        }
      }
    }
    throw overtaken(
        "%s was written %d times, and the loop was faster each time"
            .formatted(order.action(), ATTEMPTS),
        seen);
  }

  private static Verdict append(ControlWriter writer, PolicyOrder order, long head) {
    return writer.decide(
        order.action(), order.version(), order.percent(), order.who(), order.why(), head);
  }

  private static void checkRelease(PolicyOrder order, PolicyHistory seen) {
    if (order.version() >= 0
        && seen.releases().stream()
            .noneMatch(r -> r.version() == order.version() && r.released())) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.UNKNOWN_RELEASE,
          "Field `version` is %d, and no release is at this offset. Choose one of the timeline."
              .formatted(order.version()));
    }
  }

  /** The newest head, unless a person decided since the one that the order's author saw. */
  private static long headFor(PolicyOrder order, PolicyHistory seen) {
    long head = seen.control().head().headOffset();
    if (order.expectedHead() > head) {
      throw overtaken("Nothing is written: you decided upon head " + order.expectedHead(), seen);
    }
    personalDecision(order.expectedHead(), seen)
        .ifPresent(
            between -> {
              throw overtaken(
                  "You decided upon head %d, and %s decided %s meanwhile: %s"
                      .formatted(
                          order.expectedHead(),
                          between.getWho(),
                          between.getAction(),
                          between.getWhy()),
                  seen);
            });
    return head;
  }

  private static Optional<PolicyControl> personalDecision(long after, PolicyHistory seen) {
    Set<Long> effective =
        seen.control().verdicts().stream()
            .filter(Verdict::effective)
            .map(Verdict::offset)
            .collect(Collectors.toSet());
    return seen.decisions().stream()
        .filter(decision -> decision.offset() > after)
        .filter(decision -> effective.contains(decision.offset()))
        .map(Located::value)
        .filter(control -> !control.getWho().equals(PolicyHealthJob.NAME))
        .findFirst();
  }

  private static ConsoleProblem voided(PolicyOrder order, Verdict verdict) {
    return new ConsoleProblem(
        ConsoleProblem.Kind.VOID,
        "%s at offset %d is void: %s. Nothing has changed."
            .formatted(order.action(), verdict.offset(), verdict.reason()));
  }

  private static ConsoleProblem overtaken(String found, PolicyHistory seen) {
    PolicyHead now = seen.control().head();
    return new ConsoleProblem(
        ConsoleProblem.Kind.OVERTAKEN,
        "%s. The head is now %d: version %d serves, lineage %d. Decide again upon that head, if still needed."
            .formatted(found, now.headOffset(), now.activeVersion(), now.lineage()));
  }

  private PolicyHistory history() {
    return PolicyHistory.read(loop.brokers(), loop.serdes());
  }
}
