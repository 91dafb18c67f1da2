package io.searchloop.streams.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.searchloop.schemas.serde.Serdes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two calls of a schema registry that serdes make: register, and get by id. */
public final class TestRegistry implements AutoCloseable {
  private static final Pattern BY_ID = Pattern.compile("/schemas/ids/(\\d+)");

  private final ObjectMapper json = new ObjectMapper();
  private final List<String> schemas = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** Starts a registry on a free port. */
  public TestRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Serdes that register here. */
  public Serdes serdes() {
    return new Serdes("http://127.0.0.1:" + server.getAddress().getPort(), true);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    Matcher byId = BY_ID.matcher(exchange.getRequestURI().getPath());
    Map<String, Object> reply =
        byId.matches()
            ? Map.of("schema", schemas.get(Integer.parseInt(byId.group(1)) - 1))
            : Map.of("id", register(exchange));
    byte[] body = json.writeValueAsString(reply).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private int register(HttpExchange exchange) throws IOException {
    String schema = json.readTree(exchange.getRequestBody()).get("schema").textValue();
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return schemas.indexOf(schema) + 1;
  }
}
