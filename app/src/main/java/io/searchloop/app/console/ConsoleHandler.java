package io.searchloop.app.console;

import io.searchloop.app.console.ConsoleRoute.Call;
import io.searchloop.schemas.access.Knock;
import io.searchloop.schemas.access.Person;
import io.searchloop.schemas.access.Role;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests past the guard, finds their route and sends the answer or the refusal. Blocks
 * Jetty's threads, of which it has enough for the few people who look. Logs no query text.
 */
final class ConsoleHandler extends Handler.Abstract {
  /** What the page may load: itself, nothing from anywhere else. */
  static final String CONTENT_POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private static final Logger log = LoggerFactory.getLogger(ConsoleHandler.class);

  private final List<ConsoleRoute> routes;
  private final RequestGuard guard;
  private final Reception reception;

  ConsoleHandler(List<ConsoleRoute> routes, RequestGuard guard, Reception reception) {
    this.routes = List.copyOf(routes);
    this.guard = guard;
    this.reception = reception;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    ConsoleReply reply;
    try {
      reply = answer(request);
    } catch (ConsoleProblem e) {
      reply = e.reply();
    } catch (KafkaException | IllegalStateException e) {
      log.warn("{} found Kafka away", Request.getPathInContext(request), e);
      reply =
          new ConsoleProblem(
                  ConsoleProblem.Kind.UNAVAILABLE,
                  "%s. Try again; before repeating an action, look whether it arrived."
                      .formatted(e.getMessage()))
              .reply();
    } catch (RuntimeException e) {
      log.error("{} failed", Request.getPathInContext(request), e);
      reply =
          new ConsoleProblem(
                  ConsoleProblem.Kind.INTERNAL, "Something is wrong; the console's log says what.")
              .reply();
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, reply.contentType());
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("Content-Security-Policy", CONTENT_POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("X-Frame-Options", "DENY");
    reception.headers(reply.status()).forEach(headers::put);
    response.setStatus(reply.status());
    response.write(true, reply.body().duplicate(), callback);
    return true;
  }

  private ConsoleReply answer(Request request) throws Exception {
    HttpFields headers = request.getHeaders();
    guard.check(headers.get(HttpHeader.HOST));
    String authorization = headers.get(HttpHeader.AUTHORIZATION);
    Person person =
        reception.admit(
            new Knock(authorization == null ? "" : authorization, Request.getRemoteAddr(request)));
    String path = Request.getPathInContext(request);
    if (path.startsWith("/api/")) {
      guard.checkSite(headers.get("Sec-Fetch-Site"));
    }
    ConsoleRoute route = route(request.getMethod(), path);
    if (!route.method().equals("GET")) {
      guard.checkAction(
          headers.get(HttpHeader.HOST),
          headers.get(HttpHeader.ORIGIN),
          headers.get(RequestGuard.HEADER),
          headers.get(HttpHeader.CONTENT_TYPE));
      reception.checkAction(person, Request.getRemoteAddr(request));
    }
    reception.require(person, route.needed());
    ByteBuffer body = Content.Source.asByteBuffer(request);
    return acted(route, person, route.answer().apply(new Call(parameters(request), body, person)));
  }

  /** What people do is in the log, beside the records that say what became of it. */
  private static ConsoleReply acted(ConsoleRoute route, Person person, ConsoleReply reply) {
    if (route.needed() == Role.OPERATOR) {
      log.info("Action: path={} user={}", route.path(), person.known() ? person.name() : "-");
    }
    return reply;
  }

  private ConsoleRoute route(String method, String path) {
    TreeSet<String> methods = new TreeSet<>();
    for (ConsoleRoute route : routes) {
      if (route.path().equals(path)) {
        if (route.method().equals(method)) {
          return route;
        }
        methods.add(route.method());
      }
    }
    if (methods.isEmpty()) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.NOT_FOUND, "Nothing at this path. The page is at /.");
    }
    throw new ConsoleProblem(
        ConsoleProblem.Kind.METHOD_NOT_ALLOWED, "This path answers " + methods + ".");
  }

  private static Map<String, String> parameters(Request request) {
    Map<String, String> parameters = new HashMap<>();
    for (Fields.Field field : Request.extractQueryParameters(request)) {
      parameters.put(field.getName(), field.getValue());
    }
    return parameters;
  }
}
