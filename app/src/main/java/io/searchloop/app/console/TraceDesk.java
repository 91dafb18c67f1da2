package io.searchloop.app.console;

import io.searchloop.app.console.ConsoleRoute.Call;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.trace.QueryTrace;
import io.searchloop.app.trace.QueryTracer;
import java.util.concurrent.Semaphore;

/**
 * {@code GET /api/trace?query_id=ID}: one search from end to end. A scan of topics, one at a time.
 */
final class TraceDesk {
  private static final int MOST_ID = 200;

  private final LoopConnection loop;
  private final Semaphore one = new Semaphore(1);

  TraceDesk(LoopConnection loop) {
    this.loop = loop;
  }

  ConsoleReply trace(Call call) {
    String queryId = call.parameters().getOrDefault("query_id", "").strip();
    if (queryId.isEmpty() || queryId.length() > MOST_ID) {
      throw ConsoleProblem.badRequest(
          "Parameter `query_id` has %d characters, expected 1 to %d: the id of a search, as in its answer and in every event."
              .formatted(queryId.length(), MOST_ID));
    }
    if (!one.tryAcquire()) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.BUSY, "Another trace is being read. Try again in a moment.");
    }
    try {
      QueryTrace trace =
          new QueryTracer(loop.bootstrapServers(), loop.serdes(), true, line -> {}).trace(queryId);
      if (!trace.found()) {
        throw new ConsoleProblem(
            ConsoleProblem.Kind.NOT_FOUND,
            "No decision has the id %s. Searched, in records: %s. Decisions expire with their topic, after 30 days by default."
                .formatted(queryId, trace.searched()));
      }
      return ConsoleReply.ok(trace);
    } finally {
      one.release();
    }
  }
}
