package io.searchloop.app.console;

import io.searchloop.app.console.ConsoleRoute.Call;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.log.ControlWriter;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.control.Verdict;
import java.time.InstantSource;

/**
 * {@code POST /api/policy}: appends a decision to the control log and answers with the verdict of
 * the one fold. Everything that can be found out before is, so that a mistake leaves no record.
 */
final class PolicyDesk {
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
    check(order);
    Verdict verdict;
    try (ControlWriter writer = new ControlWriter(loop.brokers(), loop.serdes(), clock)) {
      verdict =
          writer.decide(
              order.action(),
              order.version(),
              order.percent(),
              order.who(),
              order.why(),
              order.expectedHead());
    }
    PolicyHead now = history().control().head();
    if (verdict.effective()) {
      return ConsoleReply.ok(new Answer(verdict, now));
    }
    String found =
        "%s at offset %d is void: %s".formatted(order.action(), verdict.offset(), verdict.reason());
    if (now.headOffset() != order.expectedHead()) {
      throw overtaken(found, now);
    }
    throw new ConsoleProblem(ConsoleProblem.Kind.VOID, found + ". Nothing has changed.");
  }

  private void check(PolicyOrder order) {
    PolicyHistory seen = history();
    if (order.version() >= 0
        && seen.releases().stream()
            .noneMatch(r -> r.version() == order.version() && r.released())) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.UNKNOWN_RELEASE,
          "Field `version` is %d, and no release is at this offset. Choose one of the timeline."
              .formatted(order.version()));
    }
    PolicyHead head = seen.control().head();
    if (head.headOffset() != order.expectedHead()) {
      throw overtaken("Nothing is written: you decided upon head " + order.expectedHead(), head);
    }
  }

  private static ConsoleProblem overtaken(String found, PolicyHead now) {
    return new ConsoleProblem(
        ConsoleProblem.Kind.OVERTAKEN,
        "%s. The head is now %d: version %d serves, lineage %d. Decide again upon that head, if still needed."
            .formatted(found, now.headOffset(), now.activeVersion(), now.lineage()));
  }

  private PolicyHistory history() {
    return PolicyHistory.read(loop.brokers(), loop.serdes());
  }
}
