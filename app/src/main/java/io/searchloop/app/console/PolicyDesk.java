package io.searchloop.app.console;

import io.searchloop.app.console.ConsoleRoute.Call;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.log.DecisionDesk;
import io.searchloop.app.log.PolicyHistory;
import java.time.InstantSource;

/**
 * {@code POST /api/policy}: appends a decision to the control log and answers with the verdict of
 * the one fold. Everything that can be found out before is, so that a mistake leaves no record.
 */
final class PolicyDesk {
  private final DecisionDesk desk;

  PolicyDesk(LoopConnection loop, InstantSource clock) {
    this.desk = new DecisionDesk(loop.brokers(), loop.serdes(), clock);
  }

  ConsoleReply decide(Call call) {
    PolicyOrder order = PolicyOrder.read(call.body(), call.person());
    PolicyHistory seen = desk.history();
    checkRelease(order, seen);
    DecisionDesk.Answer answer = append(order, seen);
    if (!answer.verdict().effective()) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.VOID,
          "%s at offset %d is void: %s. Nothing has changed."
              .formatted(order.action(), answer.verdict().offset(), answer.verdict().reason()));
    }
    return ConsoleReply.ok(answer);
  }

  private DecisionDesk.Answer append(PolicyOrder order, PolicyHistory seen) {
    try {
      return desk.decide(order.decision(), seen, order.expectedHead());
    } catch (DecisionDesk.Overtaken e) {
      throw new ConsoleProblem(ConsoleProblem.Kind.OVERTAKEN, String.valueOf(e.getMessage()));
    }
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
}
