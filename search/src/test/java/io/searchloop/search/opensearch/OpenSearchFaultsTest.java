package io.searchloop.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.searchloop.search.engine.EngineUnavailableException;
import io.searchloop.search.engine.IndexGoneException;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.opensearch.OpenSearchSettings.ForeignIndex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a healthy node never answers; those are asked for in {@link OpenSearchEngineIT}. */
class OpenSearchFaultsTest {
  private static final String FOUND =
      "{\"timed_out\":false,\"_shards\":{\"failed\":0},\"hits\":{\"total\":{\"value\":1,"
          + "\"relation\":\"eq\"},\"hits\":[{\"_id\":\"p\",\"_score\":2.5}]}}";

  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<String> paths = Collections.synchronizedList(new ArrayList<>());
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  private record Reply(int status, String body) {}

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          paths.add(exchange.getRequestURI().getPath());
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.getRequestBody().readAllBytes();
          Reply reply = replies.size() > 1 ? replies.poll() : replies.peek();
          byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(reply.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"429", "502", "503", "504"})
  void asksAgainWhatMayPass(int status) {
    OpenSearchEngine engine = engine();
    replies.add(new Reply(status, "busy"));
    replies.add(new Reply(200, FOUND));

    assertThat(engine.search(SearchQuery.identity("hat"), 5).productIds()).containsExactly("p");
    assertThat(paths).endsWith("/shop/_search", "/shop/_search");
    assertThat(authorizations).containsOnly("ApiKey secret");
  }

  @Test
  void saysWhatHappenedAfterTheLastAttempt() {
    OpenSearchEngine engine = engine();
    replies.add(new Reply(503, "no nodes"));

    assertThatThrownBy(() -> engine.search(SearchQuery.identity("hat"), 5))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("answers /shop/_search with 503: no nodes")
        .hasMessageNotContaining("secret");
    assertThat(paths).filteredOn("/shop/_search"::equals).hasSize(2);
  }

  @Test
  void doesNotAskAgainWhatWillNotPass() {
    OpenSearchEngine engine = engine();
    replies.add(new Reply(400, "{\"error\":\"parsing\"}"));

    assertThatThrownBy(() -> engine.search(SearchQuery.identity("hat"), 5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("with 400: {\"error\":\"parsing\"}");
    assertThat(paths).filteredOn("/shop/_search"::equals).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"timed_out\":false | \"timed_out\":true",
        "\"failed\":0 | \"failed\":1",
        "\"relation\":\"eq\" | \"relation\":\"gte\"",
      })
  void aPartOfTheResultsIsNoAnswer(String whole, String part) {
    OpenSearchEngine engine = engine();
    replies.add(new Reply(200, FOUND.replace(whole, part)));

    assertThatThrownBy(() -> engine.search(SearchQuery.identity("hat"), 5))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("with a part of the results");
  }

  @Test
  void saysThatAnotherCatalogueTookThePlaceOfItsIndex() {
    OpenSearchEngine engine = engine();
    replies.add(new Reply(404, "{\"error\":\"index_not_found_exception\"}"));

    assertThatThrownBy(() -> engine.search(SearchQuery.identity("hat"), 5))
        .isInstanceOf(IndexGoneException.class)
        .hasMessageContaining("has no index shop any more");
  }

  @Test
  void leavesAnEngineAloneThatFailsAgainAndAgain() {
    OpenSearchEngine engine = engine();
    replies.add(new Reply(503, ""));
    for (int i = 0; i < 12; i++) {
      assertThatThrownBy(() -> engine.search(SearchQuery.identity("hat"), 5))
          .isInstanceOf(EngineUnavailableException.class);
    }
    int asked = paths.size();

    assertThatThrownBy(() -> engine.search(SearchQuery.identity("hat"), 5))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("is left alone for PT5S");
    assertThat(paths).hasSize(asked).hasSizeLessThan(2 + 12 * 2);
  }

  @Test
  void saysThatNobodyListens() {
    URI nowhere = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    OpenSearchEngine engine = engine();
    server.stop(0);

    assertThatThrownBy(() -> engine.search(SearchQuery.identity("hat"), 5))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("OpenSearch at " + nowhere + " does not answer /shop/_search");
  }

  @Test
  void refusesSettingsThatCannotBeMeant() {
    assertThatThrownBy(() -> settings(URI.create("ftp://x"), "shop"))
        .hasMessageContaining("url is ftp://x, expected http:// or https://");
    assertThatThrownBy(() -> settings(URI.create("http://me:pw@x"), "shop"))
        .hasMessageContaining("without a password");
    assertThatThrownBy(() -> settings(URI.create("http://x"), "Shop*"))
        .hasMessageContaining("index is Shop*");
    assertThatThrownBy(() -> SearchedField.list("title^x"))
        .hasMessageContaining("Field 'title^x', expected a number behind ^");
    assertThatThrownBy(() -> SearchedField.list("title,")).hasMessageContaining("Field ''");
    assertThatThrownBy(() -> new ForeignIndex(List.of(), "", "")).hasMessageContaining("fields");
    assertThat(SearchedField.list("title^3, text"))
        .containsExactly(new SearchedField("title", 3), new SearchedField("text", 1));
    assertThat(settings(URI.create("http://x"), "shop").toString()).doesNotContain("secret");
  }

  /** Opens an index of somebody else. */
  private OpenSearchEngine engine() {
    replies.add(new Reply(200, "{\"count\":1}"));
    replies.add(new Reply(200, "{\"fields\":{\"title\":{\"text\":{\"searchable\":true}}}}"));
    replies.add(new Reply(200, FOUND)); // stays last until a test adds others
    OpenSearchEngine engine =
        OpenSearchEngine.over(
            settings(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "shop"), 1);
    replies.clear();
    return engine;
  }

  private static OpenSearchSettings settings(URI url, String index) {
    return new OpenSearchSettings(
        url,
        index,
        Optional.of(new ForeignIndex(SearchedField.list("title"), "", "title")),
        "ApiKey secret",
        Duration.ofSeconds(5),
        2,
        Duration.ofSeconds(5),
        0);
  }
}
