package io.searchloop.streams.http;

import static io.searchloop.streams.http.Replies.assertProblem;
import static io.searchloop.streams.http.Replies.ok;
import static io.searchloop.streams.http.TestedServer.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import io.searchloop.streams.catalogue.CatalogueEpoch;
import io.searchloop.streams.decision.ModeMix;
import io.searchloop.streams.lease.CountedResource;
import io.searchloop.streams.testing.Slots;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchEndpointTest {
  private final TestedServer server = new TestedServer();
  private final RecordingLog log = server.log;
  private final Slots slots = server.slots;

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void searchAnswersWithWhatWasDecidedAndFound() throws Exception {
    slots.promote();

    JsonNode reply = ok(server.post("/v1/search", SEARCH));

    Decision decision = log.decisions.get(0);
    assertThat(reply.get("query_id").textValue()).isEqualTo(decision.getQueryId());
    assertThat(reply.get("arm").textValue()).isEqualTo("policy");
    assertThat(reply.get("mode").textValue()).isEqualTo("ASSIGNED");
    assertThat(reply.get("policy_version").longValue()).isEqualTo(Slots.VERSION);
    assertThat(reply.get("candidates")).hasSize(2);
    assertThat(reply.get("rewrite").textValue())
        .isEqualTo(decision.getCandidates().get(decision.getServed().get(0)).getRewrite());
    assertThat(reply.get("total").longValue()).isEqualTo(2);
    assertThat(reply.get("results").get(0).get("product_id").textValue()).isEqualTo("p1");
    assertThat(reply.get("results").get(0).get("title").textValue()).isEqualTo("red shoes");
    assertThat(reply.get("results").get(1).get("position").intValue()).isEqualTo(2);
    assertThat(decision.getCatalogueEpoch()).isEqualTo(7);
  }

  @Test
  void searchAnswersAsTypedWithoutAPolicy() throws Exception {
    JsonNode reply = ok(server.post("/v1/search", SEARCH));

    assertThat(reply.get("arm").textValue()).isEqualTo("fallback");
    assertThat(reply.get("rewrite").textValue()).isEqualTo("red shoes");
    assertThat(reply.get("results")).hasSize(2);
  }

  @Test
  void anEngineThatIsAwayIsAProblemThatPassesAndNothingIsLogged() throws Exception {
    CatalogueEpoch away =
        new CatalogueEpoch(new AwayEngine(7), server.epoch.search(), server.epoch.suggester());
    server.catalogue = new CountedResource<>(away, () -> {})::acquire;

    HttpResponse<String> reply = server.post("/v1/search", SEARCH);

    assertThat(reply.statusCode()).isEqualTo(503);
    assertThat(reply.headers().firstValue("Retry-After")).isPresent();
    assertThat(reply.body()).contains("engine-unavailable").doesNotContain("inside");
    assertThat(log.decisions).isEmpty();
  }

  @Test
  void searchLogsThePageThatItShows() throws Exception {
    slots.promote();

    JsonNode reply = ok(server.post("/v1/search", SEARCH));

    assertThat(log.decisions.get(0).getPage())
        .isEqualTo(reply.get("results").findValuesAsText("product_id"))
        .hasSize(2);
    assertThat(Packed.ints(log.decisions.get(0).getQueryRanks())).containsExactly(1, 2);
  }

  @Test
  void searchMayMergeTheListsOfAllCandidates() throws Exception {
    slots.promote();
    server.restart(new ModeMix(1, 0));

    JsonNode reply = ok(server.post("/v1/search", SEARCH));

    Decision decision = log.decisions.get(0);
    assertThat(reply.get("mode").textValue()).isEqualTo("MULTILEAVED");
    assertThat(reply.get("rewrite").textValue()).isEqualTo("red shoes");
    assertThat(decision.getPage()).isEqualTo(reply.get("results").findValuesAsText("product_id"));
    assertThat(decision.getServed()).containsExactly(0, 1, 2);
    assertThat(
            ok(server.post("/v1/rewrite", "{\"query\":\"red shoes\",\"session_id\":\"s\"}"))
                .get("mode"))
        .hasToString("\"ASSIGNED\"");
  }

  @Test
  void searchForTheEngineAnswersAsTypedAndSamplesAfterwards() throws Exception {
    slots.promote();
    server.restart(new ModeMix(0, 1));

    JsonNode reply = ok(server.post("/v1/search", SEARCH));

    assertThat(reply.get("arm").textValue()).isEqualTo("tail-identity");
    assertThat(reply.get("mode").textValue()).isEqualTo("HOLDOUT");
    assertThat(reply.get("rewrite").textValue()).isEqualTo("red shoes");
    assertThat(server.unseen.take().queryId())
        .isEqualTo(reply.get("query_id").textValue() + "!engine");
    assertThat(log.decisions).hasSize(1);
  }

  @Test
  void searchWithoutACatalogueIsAProblemAndLogsNoDecision() throws Exception {
    server.catalogue = Optional::empty;

    HttpResponse<String> reply = server.post("/v1/search", SEARCH);

    assertProblem(reply, 503, "not-ready");
    assertThat(log.decisions).isEmpty();
  }

  @Test
  void searchCorrectsByTheCatalogueAndLogsWhatItSearched() throws Exception {
    JsonNode reply = ok(server.post("/v1/search", "{\"query\":\"red sohes\",\"client_id\":\"c\"}"));

    assertThat(reply.get("correction").textValue()).isEqualTo("red shoes");
    assertThat(reply.get("rewrite").textValue()).isEqualTo("red sohes");
    assertThat(reply.get("results").get(0).get("product_id").textValue()).isEqualTo("p1");
    Decision decision = log.decisions.get(0);
    assertThat(decision.getCombination()).isEqualTo("UNION");
    assertThat(decision.getCorrection()).isEqualTo("red shoes");
    assertThat(decision.getCorrectionWeight()).isEqualTo(.7);
    assertThat(decision.getRewriteWeight()).isEqualTo(.35);
  }

  @Test
  void aCorrectionThatChangesNothingIsNotLogged() throws Exception {
    JsonNode reply = ok(server.post("/v1/search", SEARCH));

    assertThat(reply.get("correction").textValue()).isEqualTo("red shoes");
    assertThat(log.decisions.get(0).getCorrection()).isEmpty();
  }

  @Test
  void searchTakesWhatTheStorefrontKnowsOfTheQueryAndItsSession() throws Exception {
    slots.promote();

    ok(
        server.post(
            "/v1/search",
            "{\"query\":\"red shoes\",\"client_id\":\"c\",\"session_queries\":[\"shoes\"],\"annotations\":[\"colour red\"]}"));

    assertThat(log.decisions).hasSize(1);
    assertThat(known("\"session_queries\":\"shoes\"")).contains("`session_queries`");
    assertThat(known("\"session_queries\":[\"  \"]")).contains("a text that is blank");
    assertThat(known("\"annotations\":[%s\"b\"]".formatted("\"a\",".repeat(20))))
        .contains("`annotations` has 21 texts, expected at most 20");
  }

  @Test
  void requestsThatCannotBeUsedAreProblemsThatNameTheField() throws Exception {
    assertProblem(server.post("/v1/search", "{"), 400, "bad-request");
    assertProblem(server.post("/v1/search", "[]"), 400, "bad-request");
    assertThat(server.post("/v1/search", "{\"client_id\":\"c\"}").body()).contains("`query`");
    assertThat(server.post("/v1/search", "{\"query\":\"x\"}").body()).contains("`client_id`");
    assertThat(
            server.post("/v1/search", "{\"query\":\"x\",\"client_id\":\"c\",\"limit\":0}").body())
        .contains("`limit` is 0");
    assertThat(server.post("/v1/search", "{\"query\":\"x\",\"client\":\"c\"}").body())
        .contains("`client` is unknown");
    assertThat(known("\"locale\":\"%s\"".formatted("x".repeat(51))))
        .contains("`locale` has 51 characters, expected at most 50");
    assertThat(known("\"session_id\":\"%s\"".formatted("x".repeat(201))))
        .contains("`session_id` has 201 characters, expected at most 200");
    assertThat(log.decisions).isEmpty();
  }

  private String known(String field) throws Exception {
    return server
        .post("/v1/search", "{\"query\":\"x\",\"client_id\":\"c\",%s}".formatted(field))
        .body();
  }
}
