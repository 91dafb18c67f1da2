package io.searchloop.app.console;

import io.searchloop.app.console.ConsoleRoute.Call;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.log.ControlWriter;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.ControlAction;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/policy}: appends a decision to the control log and answers with the verdict of
 * the one fold. Everything that can be found out before is, so that a mistake leaves no record.
 */
final class PolicyDesk {
  private static final Set<ControlAction> OF_VERSION =
      EnumSet.of(
          ControlAction.ROLLBACK,
          ControlAction.PROMOTE,
          ControlAction.SHADOW,
          ControlAction.CANARY);

  private static final Set<ControlAction> OF_LOOP =
      EnumSet.of(ControlAction.FREEZE, ControlAction.UNFREEZE);

  private static final int MOST_TEXT = 500;

  private final LoopConnection loop;
  private final InstantSource clock;

  PolicyDesk(LoopConnection loop, InstantSource clock) {
    this.loop = loop;
    this.clock = clock;
  }

  /**
   * What an operator wants.
   *
   * @param version release acted on; none for FREEZE and UNFREEZE
   * @param percent share of visitors; for CANARY alone
   * @param expectedHead head the page showed when its reader decided
   */
  record Order(
      @Nullable String action,
      @Nullable Long version,
      @Nullable Integer percent,
      @Nullable String who,
      @Nullable String why,
      @Nullable Long expectedHead) {}

  /** What became of it. */
  record Answer(Verdict verdict, PolicyHead head) {}

  ConsoleReply decide(Call call) {
    Order order = ActionJson.read(call.body(), Order.class);
    ControlAction action = action(order);
    long version = version(order, action);
    int percent = percent(order, action);
    String who = text("who", order.who());
    String why = text("why", order.why());
    if (order.expectedHead() == null) {
      throw ConsoleProblem.badRequest(
          "Field `expected_head` is missing, expected the head you decided upon. Read /api/policies.");
    }
    PolicyHistory seen = history();
    if (version >= 0
        && seen.releases().stream().noneMatch(r -> r.version() == version && r.released())) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.UNKNOWN_RELEASE,
          "Field `version` is %d, and no release is at this offset. Choose one of the timeline."
              .formatted(version));
    }
    Verdict verdict;
    try (ControlWriter writer = new ControlWriter(loop.bootstrapServers(), loop.serdes(), clock)) {
      verdict = writer.decide(action, version, percent, who, why, order.expectedHead());
    }
    PolicyHead now = history().control().head();
    if (!verdict.effective()) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.OVERTAKEN,
          "%s at offset %d is void: %s. The head is now %d: version %d serves, lineage %d. Decide again upon that head, if still needed."
              .formatted(
                  action,
                  verdict.offset(),
                  verdict.reason(),
                  now.headOffset(),
                  now.activeVersion(),
                  now.lineage()));
    }
    return ConsoleReply.ok(new Answer(verdict, now));
  }

  private PolicyHistory history() {
    return PolicyHistory.read(loop.bootstrapServers(), loop.serdes());
  }

  private static ControlAction action(Order order) {
    String name = order.action() == null ? "" : order.action().toUpperCase(Locale.ROOT);
    Set<ControlAction> all = EnumSet.copyOf(OF_VERSION);
    all.addAll(OF_LOOP);
    return all.stream()
        .filter(action -> action.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ConsoleProblem.badRequest(
                    "Field `action` is '%s', expected one of %s.".formatted(order.action(), all)));
  }

  private static long version(Order order, ControlAction action) {
    boolean wanted = OF_VERSION.contains(action);
    Long version = order.version();
    if (wanted ? version == null || version < 0 : version != null) {
      throw ConsoleProblem.badRequest(
          "Field `version` is %s, expected %s with %s."
              .formatted(version, wanted ? "the offset of a release" : "none", action));
    }
    return version == null ? -1 : version;
  }

  private static int percent(Order order, ControlAction action) {
    Integer percent = order.percent();
    boolean wanted = action == ControlAction.CANARY;
    if (wanted ? percent == null || percent < 1 || percent > 100 : percent != null) {
      throw ConsoleProblem.badRequest(
          "Field `percent` is %s, expected %s with %s."
              .formatted(percent, wanted ? "1 to 100" : "none", action));
    }
    return percent == null ? 0 : percent;
  }

  private static String text(String field, @Nullable String text) {
    if (text == null || text.isBlank() || text.length() > MOST_TEXT) {
      throw ConsoleProblem.badRequest(
          "Field `%s` is %s, expected 1 to %d characters: the control log says who decided what and why."
              .formatted(field, text == null || text.isBlank() ? "missing" : "longer", MOST_TEXT));
    }
    return text.strip();
  }
}
