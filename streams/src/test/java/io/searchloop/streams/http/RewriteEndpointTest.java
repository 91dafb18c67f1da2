package io.searchloop.streams.http;

import static io.searchloop.streams.http.Replies.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.schemas.Decision;
import io.searchloop.streams.testing.Slots;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RewriteEndpointTest {
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
  void rewriteAnswersWithoutACatalogue() throws Exception {
    slots.promote();
    server.catalogue = Optional::empty;

    JsonNode reply =
        ok(server.post("/v1/rewrite", "{\"query\":\"red shoes\",\"session_id\":\"s\"}"));

    assertThat(reply.get("candidates")).hasSize(2);
    assertThat(reply.has("results")).isFalse();
    assertThat(log.decisions).hasSize(1);
  }

  @Test
  void rewriteTellsTheQueryThatTheWorkerWouldSearch() throws Exception {
    slots.promote();

    JsonNode reply =
        ok(server.post("/v1/rewrite", "{\"query\":\"red sohes\",\"session_id\":\"s\"}"));

    Decision decision = log.decisions.get(0);
    String rewrite = decision.getCandidates().get(decision.getServed().get(0)).getRewrite();
    assertThat(reply.get("parts"))
        .hasToString(
            "[{\"text\":\"red sohes\",\"weight\":1.0},{\"text\":\"%s\",\"weight\":0.35},{\"text\":\"red shoes\",\"weight\":0.7}]"
                .formatted(rewrite));
    assertThat(decision.getCorrection()).isEqualTo("red shoes");
  }

  @Test
  void rewriteWithoutAPolicyOrACatalogueTellsTheTypedQuery() throws Exception {
    server.catalogue = Optional::empty;

    JsonNode reply =
        ok(server.post("/v1/rewrite", "{\"query\":\"red sohes\",\"session_id\":\"s\"}"));

    assertThat(reply.get("parts")).hasToString("[{\"text\":\"red sohes\",\"weight\":1.0}]");
  }
}
