package io.searchloop.streams.http;

import io.searchloop.schemas.access.Knock;
import io.searchloop.schemas.access.Person;
import io.searchloop.search.engine.EngineUnavailableException;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.signal.TraceContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a request from Jetty to its endpoint and the answer back. Bodies are read without holding
 * a thread, so slow clients cost none; what is more than the executor takes is told to come back.
 */
final class EndpointHandler extends Handler.Abstract.NonBlocking {
  static final int MAX_BODY_BYTES = 1 << 20;

  private static final Logger log = LoggerFactory.getLogger(EndpointHandler.class);

  private final Routes routes;
  private final Executor executor;
  private final InstantSource clock;
  private final ServingMetrics metrics;

  EndpointHandler(Routes routes, Executor executor, InstantSource clock, ServingMetrics metrics) {
    this.routes = routes;
    this.executor = executor;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Instant arrivedAt = clock.instant();
    String path = Request.getPathInContext(request);
    CompletableFuture.completedFuture(request)
        .thenCompose(r -> answer(r, path, arrivedAt))
        .exceptionally(this::problem)
        .thenAccept(
            reply -> {
              metrics.answered(
                  routes.label(path), reply.status(), Duration.between(arrivedAt, clock.instant()));
              write(reply, response, callback);
            })
        .exceptionally(
            failure -> {
              callback.failed(failure);
              return null;
            });
    return true;
  }

  private CompletableFuture<HttpReply> answer(Request request, String path, Instant arrivedAt) {
    Route route = routes.find(request.getMethod(), path);
    if (request.getLength() > MAX_BODY_BYTES) {
      throw tooLarge();
    }
    Optional<TraceContext> trace = TraceContext.of(request.getHeaders().get(TraceContext.HEADER));
    CompletableFuture<byte[]> content = new CompletableFuture<>();
    Content.Source.asByteArrayAsync(request, MAX_BODY_BYTES, Promise.Invocable.toPromise(content));
    return content
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(unreadable(failure)))
        .thenApply(
            body ->
                new HttpCall(
                    ByteBuffer.wrap(body),
                    header(request, "Content-Type"),
                    parameters(request),
                    header(request, "Origin"),
                    header(request, "Host"),
                    new Knock(header(request, "Authorization"), Request.getRemoteAddr(request)),
                    Person.ANYBODY,
                    arrivedAt))
        .thenCompose(call -> dispatch(route, call, trace));
  }

  private CompletableFuture<HttpReply> dispatch(
      Route route, HttpCall call, Optional<TraceContext> trace) {
    CompletableFuture<HttpCall> ready = CompletableFuture.completedFuture(call);
    return route.probe()
        ? ready.thenCompose(route.endpoint()::answer)
        : ready.thenComposeAsync(c -> traced(route, c, trace), executor);
  }

  private static CompletableFuture<HttpReply> traced(
      Route route, HttpCall call, Optional<TraceContext> trace) {
    return trace
        .map(t -> t.during(() -> route.endpoint().answer(call)))
        .orElseGet(() -> route.endpoint().answer(call));
  }

  private HttpReply problem(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ProblemException problem) {
      return problem.reply();
    }
    if (cause instanceof RejectedExecutionException) {
      return ProblemException.retryLater(
              ProblemType.OVERLOADED,
              "Every thread is busy and the queue is full. Try again later.")
          .reply();
    }
    if (cause instanceof EngineUnavailableException) {
      log.warn("Search engine away: {}", cause.getMessage());
      return ProblemException.retryLater(
              ProblemType.ENGINE_UNAVAILABLE,
              "The search engine behind this worker does not answer. Try again later.")
          .reply();
    }
    log.error("Request failed", cause);
    return new ProblemException(
            ProblemType.INTERNAL, "Something is wrong with the worker; its log says what.")
        .reply();
  }

  private static ProblemException unreadable(Throwable failure) {
    // Jetty reports a body beyond the limit as an illegal state, a broken connection otherwise.
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof IllegalStateException
        ? tooLarge()
        : new ProblemException(ProblemType.BAD_REQUEST, "The body ended early. Send it again.");
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.TOO_LARGE,
        "The body has more than %d bytes. Send smaller batches.".formatted(MAX_BODY_BYTES));
  }

  private static String header(Request request, String name) {
    String found = request.getHeaders().get(name);
    return found == null ? "" : found;
  }

  private static Map<String, String> parameters(Request request) {
    Map<String, String> parameters = new HashMap<>();
    for (Fields.Field field : Request.extractQueryParameters(request)) {
      parameters.put(field.getName(), field.getValue());
    }
    return parameters;
  }

  private static void write(HttpReply reply, Response response, Callback callback) {
    ByteBuffer body = StandardCharsets.UTF_8.encode(reply.body());
    response.setStatus(reply.status());
    response.getHeaders().put("Content-Type", reply.contentType());
    response.getHeaders().put("Content-Length", body.remaining());
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.write(true, body, Callback.from(callback, reply.afterwards()));
  }
}
