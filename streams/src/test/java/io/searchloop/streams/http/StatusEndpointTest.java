package io.searchloop.streams.http;

import static io.searchloop.streams.http.Replies.assertProblem;
import static io.searchloop.streams.http.Replies.ok;
import static io.searchloop.streams.http.TestedServer.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.streams.testing.Slots;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusEndpointTest {
  private final TestedServer server = new TestedServer();
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
  void saysInReadyzAndMetricsWhyAReleaseIsNotServed() throws Exception {
    slots.promote();
    slots.promoteTampered();

    HttpResponse<String> ready = server.get("/readyz");

    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body())
        .contains("\"policy_version\":" + (Slots.VERSION + 1), "\"fault\":\"hash\"", "SHA-256");
    assertThat(server.get("/metrics").body())
        .contains("searchloop_policy_rejections_total{fault=\"hash\",slot=\"active\"} 1.0");
  }

  @Test
  void staysReadyWithoutKafkaAndSaysThatItIsAway() throws Exception {
    slots.promote();
    assertThat(ok(server.get("/readyz")).get("away")).isEmpty();

    server.now = server.now.plusSeconds(120);

    assertThat(ok(server.get("/readyz")).get("away").get("kafka").textValue())
        .startsWith("Silent for 120 s.");
    server.kafka.heard();
    assertThat(ok(server.get("/readyz")).get("away")).isEmpty();
  }

  @Test
  void isReadyOnceCatalogueAndPolicyAre() throws Exception {
    assertThat(server.get("/readyz").statusCode()).isEqualTo(503);
    slots.promote();
    assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
    assertThat(server.get("/livez").statusCode()).isEqualTo(200);
    server.live = false;
    assertThat(server.get("/livez").statusCode()).isEqualTo(503);
  }

  @Test
  void showsMetricsPoliciesAndHeadQueries() throws Exception {
    slots.promote();
    ok(server.post("/v1/search", SEARCH));

    assertThat(server.get("/metrics").body())
        .contains("searchloop_requests_total{endpoint=\"/v1/search\",status=\"200\"} 1.0")
        .contains("searchloop_policy_version{slot=\"active\"} 3.0");
    JsonNode policy = ok(server.get("/v1/policy"));
    assertThat(policy.get("active").get(0).get("state").textValue()).isEqualTo("active");
    assertThat(policy.get("active").get(0).get("policy_version").longValue()).isEqualTo(3);
    assertThat(policy.get("log").get("head").get("active_version").longValue()).isEqualTo(3);
    assertThat(
            ok(server.get("/v1/head-queries?limit=1"))
                .get("queries")
                .get(0)
                .get("count")
                .longValue())
        .isEqualTo(9);
    assertProblem(server.get("/v1/head-queries?limit=x"), 400, "bad-request");
  }
}
