package io.searchloop.app.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.searchloop.app.launcher.RegistryRoute.Call;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Finds the route of a request and sends its answer, or its refusal, as JSON. On Jetty's threads.
 */
final class RegistryHandler extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(RegistryHandler.class);
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int INTERNAL_ERROR = 50001;

  private final ObjectMapper json = new ObjectMapper();
  private final List<RegistryRoute> routes;

  RegistryHandler(List<RegistryRoute> routes) {
    this.routes = List.copyOf(routes);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Object answer;
    try {
      answer = answer(request);
    } catch (RegistryException e) {
      response.setStatus(e.status());
      answer = error(e.code(), e);
    } catch (RuntimeException e) {
      log.error("Registry failed on {} {}", request.getMethod(), request.getHttpURI(), e);
      response.setStatus(500);
      answer = error(INTERNAL_ERROR, e);
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
    response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(answer)), callback);
    return true;
  }

  private Object answer(Request request) throws Exception {
    String path = request.getHttpURI().getPath();
    List<String> segments = segments(path);
    for (RegistryRoute route : routes) {
      Optional<List<String>> variables = route.match(request.getMethod(), segments);
      if (variables.isPresent()) {
        return route.action().apply(new Call(variables.get(), parameters(request), body(request)));
      }
    }
    throw RegistryException.noSuchPath(request.getMethod(), path);
  }

  private JsonNode body(Request request) throws Exception {
    String text = Content.Source.asString(request, StandardCharsets.UTF_8);
    try {
      return text.isBlank() ? MissingNode.getInstance() : json.readTree(text);
    } catch (JsonProcessingException e) {
      throw RegistryException.malformedRequest("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Map<String, String> parameters(Request request) {
    Map<String, String> parameters = new HashMap<>();
    for (Fields.Field field : Request.extractQueryParameters(request)) {
      parameters.put(field.getName(), field.getValue());
    }
    return parameters;
  }

  /** Segments of a path; decoded one by one, since a subject may contain an encoded slash. */
  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/"))
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }

  private static Map<String, Object> error(int code, RuntimeException e) {
    return Map.of("error_code", code, "message", String.valueOf(e.getMessage()));
  }
}
