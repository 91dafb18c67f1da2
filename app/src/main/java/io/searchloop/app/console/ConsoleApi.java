package io.searchloop.app.console;

import io.searchloop.app.console.ConsoleRoute.Call;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.console.view.LoopPicture;
import io.searchloop.app.console.view.LoopView;
import io.searchloop.schemas.access.Person;
import io.searchloop.schemas.access.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything the page may ask; {@link #routes} is the whole interface. Knows no HTTP server. */
final class ConsoleApi implements AutoCloseable {
  private static final int MOST_EXAMPLES = 100;
  private static final int EXAMPLES = 20;

  private final InstantSource clock;
  private final boolean takesActions;
  private final LoopView view;
  private final PolicyDesk policies;
  private final RewardDesk rewards;
  private final TraceDesk traces;
  private final ReplayDesk replays;

  ConsoleApi(
      LoopConnection loop,
      LoopView view,
      ConsoleHome home,
      InstantSource clock,
      boolean takesActions) {
    this.clock = clock;
    this.takesActions = takesActions;
    this.view = view;
    this.policies = new PolicyDesk(loop, clock);
    this.rewards = new RewardDesk(loop, clock);
    this.traces = new TraceDesk(loop);
    this.replays = new ReplayDesk(loop, home, clock);
  }

  List<ConsoleRoute> routes() {
    List<ConsoleRoute> routes = new ArrayList<>(PageFiles.routes());
    routes.addAll(
        List.of(
            ConsoleRoute.get("/api/loop", this::loop),
            ConsoleRoute.get("/api/policies", call -> ConsoleReply.ok(view.policies())),
            ConsoleRoute.get("/api/rewards", call -> ConsoleReply.ok(view.rewards())),
            ConsoleRoute.get("/api/examples", this::examples),
            ConsoleRoute.get("/api/dead-letters", call -> ConsoleReply.ok(view.letters())),
            ConsoleRoute.get("/api/reward-configs", rewards::overview),
            ConsoleRoute.get("/api/trace", traces::trace),
            ConsoleRoute.get("/api/replay", replays::progress),
            ConsoleRoute.post("/api/policy", policies::decide),
            ConsoleRoute.post("/api/reward-configs/preview", rewards::preview),
            ConsoleRoute.post("/api/reward-configs", rewards::append),
            ConsoleRoute.post("/api/replay", replays::start)));
    return routes;
  }

  /** The picture, and what the page may do with it. */
  private record LoopReply(
      Instant now, boolean takesActions, @Nullable Person user, LoopPicture picture) {}

  private ConsoleReply loop(Call call) {
    Person person = call.person();
    return ConsoleReply.ok(
        new LoopReply(
            clock.instant(),
            takesActions && person.role().covers(Role.OPERATOR),
            person.known() ? person : null,
            view.picture()));
  }

  private ConsoleReply examples(Call call) {
    String limit = call.parameters().getOrDefault("limit", "" + EXAMPLES);
    if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > MOST_EXAMPLES) {
      throw ConsoleProblem.badRequest(
          "Parameter `limit` is not usable, expected 1 to %d.".formatted(MOST_EXAMPLES));
    }
    String withOutcome = call.parameters().getOrDefault("with_outcome", "false");
    if (!withOutcome.matches("true|false")) {
      throw ConsoleProblem.badRequest(
          "Parameter `with_outcome` is not usable, expected true or false.");
    }
    return ConsoleReply.ok(
        view.examples(Integer.parseInt(limit), Boolean.parseBoolean(withOutcome)));
  }

  @Override
  public void close() {
    replays.close();
  }
}
