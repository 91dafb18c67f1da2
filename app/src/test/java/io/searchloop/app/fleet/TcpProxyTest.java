package io.searchloop.app.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
  private HttpServer server;
  private TcpProxy proxy;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    proxy = TcpProxy.to(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.stop(0);
  }

  @Test
  void carriesBothWays() throws Exception {
    assertThat(ask(HttpClient.newHttpClient())).isEqualTo(204);
  }

  @Test
  void aCutEndsOpenConnectionsAndLetsNoneIn() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    ask(client);

    proxy.cut();

    assertThatThrownBy(() -> ask(client)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ask(HttpClient.newHttpClient())).isInstanceOf(IOException.class);
    proxy.heal();
    assertThat(ask(client)).isEqualTo(204);
  }

  @Test
  void aServerThatIsAwayIsABrokenConnection() throws Exception {
    server.stop(0);

    assertThatThrownBy(() -> ask(HttpClient.newHttpClient())).isInstanceOf(IOException.class);
  }

  private int ask(HttpClient client) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + proxy.port() + "/");
    return client
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
