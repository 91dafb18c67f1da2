package io.searchloop.streams.http;

import io.searchloop.schemas.access.Admission;
import io.searchloop.schemas.access.Doorkeeper;
import io.searchloop.schemas.access.Hosts;
import io.searchloop.schemas.access.Person;
import io.searchloop.schemas.access.Role;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before what is for operators on a port that is for shoppers (docs/adr/0061). Where users
 * are named, one must sign in; without, only this machine is let in, and nobody at all where the
 * worker listens for others.
 */
final class OperatorDoor {
  private static final Logger log = LoggerFactory.getLogger(OperatorDoor.class);

  private final Doorkeeper keeper;
  private final boolean loopback;

  private OperatorDoor(Doorkeeper keeper, boolean loopback) {
    this.keeper = keeper;
    this.loopback = loopback;
  }

  static OperatorDoor of(HttpSettings settings, InstantSource clock) {
    return new OperatorDoor(
        settings.users().map(users -> Doorkeeper.of(users, clock)).orElseGet(Doorkeeper::asleep),
        Hosts.loopback(settings.host()));
  }

  /** The endpoint, for those with a role. */
  Endpoint before(Role needed, Endpoint endpoint) {
    return call -> {
      checkPage(call);
      Person person = admitted(call);
      if (!person.role().covers(needed)) {
        throw new ProblemException(
            ProblemType.FORBIDDEN,
            "'%s' is a %s, expected an %s. Ask one, or have the role changed in the file of users."
                .formatted(person.name(), person.role().word(), needed.word()));
      }
      return endpoint.answer(call.by(person));
    };
  }

  /** A page of another site can make a browser knock, also by a name that it pointed here. */
  private void checkPage(HttpCall call) {
    if (!keeper.asks() && !loopback) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "This is for operators, and the worker cannot tell who is one. Name a file of users in serving.users; ./searchloop users add writes it.");
    }
    if (!keeper.asks() && !Hosts.fixed(Hosts.name(call.host()))) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Host is '%s', expected an address or localhost where nobody signs in. Ask by the address, or name users in serving.users."
              .formatted(Hosts.name(call.host())));
    }
    if (!call.origin().isEmpty()
        && !call.origin().equals("http://" + call.host())
        && !call.origin().equals("https://" + call.host())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Origin is another site's, expected none. Ask without a page.");
    }
  }

  private Person admitted(HttpCall call) {
    Admission admission = keeper.admit(call.knock());
    if (admission instanceof Admission.Admitted admitted) {
      return admitted.person();
    }
    if (!call.knock().authorization().isEmpty()) {
      log.warn("Not let in: address={}", call.knock().address());
    }
    if (admission instanceof Admission.Unknown unknown) {
      throw new ProblemException(
          ProblemType.UNAUTHENTICATED,
          unknown.detail(),
          Map.of("WWW-Authenticate", Doorkeeper.CHALLENGE));
    }
    throw new ProblemException(
        ProblemType.TOO_MANY_ATTEMPTS,
        ((Admission.Later) admission).detail(),
        Map.of("Retry-After", "60"));
  }
}
