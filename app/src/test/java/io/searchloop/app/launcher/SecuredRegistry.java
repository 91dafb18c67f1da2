package io.searchloop.app.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Stands before a registry as a company's does: TLS, and a user with a password. */
final class SecuredRegistry implements AutoCloseable {
  private static final int UNAUTHORIZED = 401;

  private final HttpsServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final String behind;
  private final List<String> users;

  /**
   * @param behind address of the registry
   * @param listener whose certificate is shown, and whose users' passwords are taken
   */
  SecuredRegistry(String behind, SecuredListener listener, List<String> users) throws Exception {
    this.behind = behind;
    this.users = List.copyOf(users);
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certified(listener)));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  private static SSLContext certified(SecuredListener listener) throws Exception {
    char[] password = SecuredListener.storePassword().toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(listener.store())) {
      store.load(file, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String given = String.valueOf(call.getRequestHeaders().getFirst("Authorization"));
      if (users.stream().noneMatch(user -> given.equals(basic(user)))) {
        send(
            call,
            UNAUTHORIZED,
            "{\"error_code\":401,\"message\":\"Unauthorized\"}".getBytes(UTF_8));
        return;
      }
      byte[] body = call.getRequestBody().readAllBytes();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(behind + call.getRequestURI()))
              .header("Content-Type", "application/vnd.schemaregistry.v1+json")
              .method(call.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<byte[]> reply = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      send(call, reply.statusCode(), reply.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange call, int status, byte[] body) throws IOException {
    call.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
    call.sendResponseHeaders(status, body.length);
    call.getResponseBody().write(body);
  }

  private static String basic(String user) {
    String pair = user + ":" + SecuredListener.password(user);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
