package io.searchloop.app.console;

import io.searchloop.schemas.access.Admission;
import io.searchloop.schemas.access.Doorkeeper;
import io.searchloop.schemas.access.Knock;
import io.searchloop.schemas.access.Person;
import io.searchloop.schemas.access.RateLimit;
import io.searchloop.schemas.access.Role;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks who comes, and holds each to what he may do and how often (docs/adr/0061). The guard before
 * it looks at browsers, this at people.
 */
final class Reception {
  private static final Logger log = LoggerFactory.getLogger(Reception.class);
  private static final int ACTIONS_A_MINUTE = 60;
  private static final int UNAUTHENTICATED = 401;
  private static final int TOO_MANY = 429;

  private final Doorkeeper keeper;
  private final RateLimit actions;

  Reception(Doorkeeper keeper, InstantSource clock) {
    this.keeper = keeper;
    this.actions = new RateLimit(ACTIONS_A_MINUTE, Duration.ofMinutes(1), clock);
  }

  /**
   * Who it is.
   *
   * @throws ConsoleProblem when that is not known
   */
  Person admit(Knock knock) {
    Admission admission = keeper.admit(knock);
    if (admission instanceof Admission.Admitted admitted) {
      return admitted.person();
    }
    if (!knock.authorization().isEmpty()) {
      log.warn("Not let in: address={}", knock.address());
    }
    if (admission instanceof Admission.Unknown unknown) {
      throw new ConsoleProblem(ConsoleProblem.Kind.UNAUTHENTICATED, unknown.detail());
    }
    throw new ConsoleProblem(ConsoleProblem.Kind.TOO_MANY, ((Admission.Later) admission).detail());
  }

  /**
   * Holds somebody to his role.
   *
   * @throws ConsoleProblem when it does not suffice
   */
  void require(Person person, Role needed) {
    if (!person.role().covers(needed)) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.FORBIDDEN,
          "'%s' is a %s, expected an %s. Ask one, or have the role changed in the file of users."
              .formatted(person.name(), person.role().word(), needed.word()));
    }
  }

  /**
   * Counts an action, of a person or else of an address.
   *
   * @throws ConsoleProblem when there were too many
   */
  void checkAction(Person person, String address) {
    if (!actions.pass(person.known() ? person.name() : address)) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.TOO_MANY,
          "More than %d actions a minute. Wait a minute.".formatted(ACTIONS_A_MINUTE));
    }
  }

  /** What a status tells a browser beside its body. */
  Map<String, String> headers(int status) {
    return switch (status) {
      case UNAUTHENTICATED -> Map.of("WWW-Authenticate", Doorkeeper.CHALLENGE);
      case TOO_MANY -> Map.of("Retry-After", "60");
      default -> Map.of();
    };
  }
}
