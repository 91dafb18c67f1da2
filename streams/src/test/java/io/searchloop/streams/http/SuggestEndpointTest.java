package io.searchloop.streams.http;

import static io.searchloop.streams.http.Replies.assertProblem;
import static io.searchloop.streams.http.Replies.ok;
import static io.searchloop.streams.http.TestedServer.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.streams.decision.ModeMix;
import io.searchloop.streams.rules.RuleBook;
import io.searchloop.streams.rules.RulesFile;
import io.searchloop.streams.testing.Slots;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestEndpointTest {
  private final TestedServer server = new TestedServer();
  private final RecordingLog log = server.log;
  private final Slots slots = server.slots;
  @TempDir private Path folder;

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void suggestCompletesWithScopes() throws Exception {
    JsonNode reply = ok(server.get("/v1/suggest?q=re"));

    assertThat(reply.get("suggestions").findValuesAsText("text"))
        .containsExactly("red shoes", "red socks");
    JsonNode first = reply.get("suggestions").get(0);
    assertThat(first.get("source").textValue()).isEqualTo("query");
    assertThat(first.get("scopes"))
        .hasToString(
            "[{\"field\":\"category\",\"value\":\"Feet > Shoes\",\"products\":1},{\"field\":\"category\",\"value\":\"Feet > Socks\",\"products\":1}]");
    assertThat(log.decisions).isEmpty();
  }

  @Test
  void whatRulesRefuseIsNeitherShownNorSuggested() throws Exception {
    slots.promote();
    Path file = folder.resolve("shop.rules");
    Files.writeString(file, "keep shoes\nblock socks\n");
    server.rules = RuleBook.of(Optional.of(new RulesFile(file)), slots.metrics);
    server.restart(ModeMix.ASSIGNED_ONLY);

    JsonNode reply = ok(server.post("/v1/search", SEARCH));

    assertThat(reply.get("rewrite").textValue()).isEqualTo("red shoes");
    assertThat(reply.get("candidates").findValuesAsText("rewrite")).containsOnly("red shoes");
    assertThat(ok(server.get("/v1/suggest?q=re")).get("suggestions").findValuesAsText("text"))
        .containsExactly("red shoes");
  }

  @Test
  void suggestTakesALimitAndCompletesCatalogueWords() throws Exception {
    assertThat(ok(server.get("/v1/suggest?q=re&limit=1")).get("suggestions")).hasSize(1);
    JsonNode found = ok(server.get("/v1/suggest?q=so&limit=20")).get("suggestions");
    assertThat(found.findValuesAsText("text")).containsExactly("red socks", "socks");
    assertThat(found.get(1).get("source").textValue()).isEqualTo("catalogue");
  }

  @Test
  void suggestNamesTheParameterThatCannotBeUsed() throws Exception {
    for (String limit : List.of("0", "21", "many")) {
      HttpResponse<String> reply = server.get("/v1/suggest?q=re&limit=" + limit);
      assertProblem(reply, 400, "bad-request");
      assertThat(reply.body()).contains("`limit` is '" + limit + "', expected 1 to 20");
    }
    assertThat(server.get("/v1/suggest?q=" + "x".repeat(201)).body())
        .contains("`q` has 201 characters");
  }

  @Test
  void suggestWithoutACatalogueIsAProblem() throws Exception {
    server.catalogue = Optional::empty;

    HttpResponse<String> reply = server.get("/v1/suggest?q=re");

    assertProblem(reply, 503, "not-ready");
    assertThat(reply.headers().firstValue("Retry-After")).contains("1");
  }
}
