package io.searchloop.app.console;

import io.searchloop.app.log.DecisionDesk;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.access.Person;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants, checked as far as it can be without looking at the loop.
 *
 * @param version release acted on; -1 for FREEZE and UNFREEZE
 * @param percent share of visitors; 0 but for CANARY
 * @param expectedHead head the page showed when its reader decided
 */
record PolicyOrder(
    ControlAction action, long version, int percent, String who, String why, long expectedHead) {
  private static final Set<ControlAction> OF_VERSION =
      EnumSet.of(
          ControlAction.ROLLBACK,
          ControlAction.PROMOTE,
          ControlAction.SHADOW,
          ControlAction.CANARY);

  private static final Set<ControlAction> OF_LOOP =
      EnumSet.of(ControlAction.FREEZE, ControlAction.UNFREEZE);

  private static final int MOST_TEXT = 500;
  private static final int ALL_VISITORS = 100;

  private record Body(
      @Nullable String action,
      @Nullable Long version,
      @Nullable Integer percent,
      @Nullable String who,
      @Nullable String why,
      @Nullable Long expectedHead) {}

  /**
   * The order in a body.
   *
   * @param person who sends it; its author, where users sign in
   * @throws ConsoleProblem naming the field that cannot be used
   */
  static PolicyOrder read(ByteBuffer json, Person person) {
    Body body = ActionJson.read(json, Body.class);
    ControlAction action = action(body.action());
    long version = version(body.version(), action);
    int percent = percent(body.percent(), action);
    String who = person.known() ? author(body.who(), person) : text("who", body.who());
    if (who.equals(ControlLog.LOOP)) {
      throw ConsoleProblem.badRequest(
          "Field `who` is '%s', which is how the loop signs; expected the name of a person."
              .formatted(who));
    }
    String why = text("why", body.why());
    Long head = body.expectedHead();
    if (head == null) {
      throw ConsoleProblem.badRequest(
          "Field `expected_head` is missing, expected the head you decided upon. Read"
              + " /api/policies.");
    }
    return new PolicyOrder(action, version, percent, who, why, head);
  }

  /** As the control log has it. */
  DecisionDesk.Order decision() {
    return new DecisionDesk.Order(action, version, percent, who, why);
  }

  private static ControlAction action(@Nullable String given) {
    String name = given == null ? "" : given.toUpperCase(Locale.ROOT);
    Set<ControlAction> all = EnumSet.copyOf(OF_VERSION);
    all.addAll(OF_LOOP);
    return all.stream()
        .filter(action -> action.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ConsoleProblem.badRequest(
                    "Field `action` is '%s', expected one of %s.".formatted(given, all)));
  }

  private static long version(@Nullable Long version, ControlAction action) {
    boolean wanted = OF_VERSION.contains(action);
    if (wanted ? version == null || version < 0 : version != null) {
      throw ConsoleProblem.badRequest(
          "Field `version` is %s, expected %s with %s."
              .formatted(version, wanted ? "the offset of a release" : "none", action));
    }
    return version == null ? -1 : version;
  }

  private static int percent(@Nullable Integer percent, ControlAction action) {
    boolean wanted = action == ControlAction.CANARY;
    if (wanted ? percent == null || percent < 1 || percent > ALL_VISITORS : percent != null) {
      throw ConsoleProblem.badRequest(
          "Field `percent` is %s, expected %s with %s."
              .formatted(percent, wanted ? "1 to 100" : "none", action));
    }
    return percent == null ? 0 : percent;
  }

  private static String author(@Nullable String given, Person person) {
    if (given != null && !given.isBlank() && !given.strip().equals(person.name())) {
      throw ConsoleProblem.badRequest(
          "Field `who` is '%s', expected '%s', who is signed in. Leave it out."
              .formatted(given, person.name()));
    }
    return person.name();
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
