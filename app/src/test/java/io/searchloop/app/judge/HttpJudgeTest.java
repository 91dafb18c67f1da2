package io.searchloop.app.judge;

import static io.searchloop.app.judge.ChatEndpoint.hangsUp;
import static io.searchloop.app.judge.ChatEndpoint.says;
import static io.searchloop.app.judge.ChatEndpoint.sends;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpJudgeTest {
  private static final List<Page> PAGES =
      List.of(new Page(List.of("p1", "p2")), new Page(List.of("p2")));
  private static final String OPINIONS =
      """
      {"pages": [{"relevance": 0.8, "click": 0.5, "cart": 0.2, "purchase": 0.1},
                 {"relevance": 0, "click": 0, "cart": 0, "purchase": 1}]}\
      """;

  private final ChatEndpoint endpoint = new ChatEndpoint();
  private final LuceneSearchEngine engine =
      LuceneSearchEngine.index(
          List.of(product("p1", "Garden Hose"), product("p2", "Hose\nReel")), 1, Bm25.DEFAULT);
  private final List<Duration> pauses = new ArrayList<>();

  @TempDir Path directory;

  @AfterEach
  void close() {
    endpoint.close();
    engine.close();
  }

  @Test
  void asksAboutAllPagesOfAQueryAtOnceAndShowsTitlesOnly() {
    endpoint.then(says(OPINIONS));

    List<Optional<Opinion>> found = judge(Map.of()).judge("gardn hose", PAGES);

    assertThat(found)
        .containsExactly(
            Optional.of(new Opinion(.8, .5, .2, .1)), Optional.of(new Opinion(0, 0, 0, 1)));
    assertThat(endpoint.questions()).hasSize(1);
    assertThat(endpoint.questions().get(0))
        .contains("\"model\":\"m\"", "\"temperature\":0")
        .contains(
            "Query: gardn hose\\n"
                + "Page 1:\\n"
                + "1. Garden Hose\\n"
                + "2. Hose Reel\\n"
                + "Page 2:\\n"
                + "1. Hose Reel\\n");
  }

  @Test
  void readsAnAnswerInACodeFence() {
    endpoint.then(says("Here you are:\n```json\n" + OPINIONS + "\n```"));

    assertThat(judge(Map.of()).judge("hose", PAGES)).allMatch(Optional::isPresent);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void triesAgainWhatMayPassWithPausesThatDouble(int status) {
    endpoint.then(sends(status, "busy"), sends(status, ""), says(OPINIONS));
    HttpJudge judge = judge(Map.of());

    assertThat(judge.judge("hose", PAGES)).allMatch(Optional::isPresent);
    assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
    assertThat(judge.failures()).isEmpty();
  }

  @Test
  void pagesStayWithoutAnOpinionWhenEveryTryFails() {
    endpoint.then(sends(500, ""));
    HttpJudge judge = judge(Map.of());

    assertThat(judge.judge("hose", PAGES)).containsExactly(Optional.empty(), Optional.empty());
    assertThat(judge.failures()).isEqualTo(Map.of("overloaded", 2L));
    assertThat(endpoint.questions()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void doesNotWaitForAServerThatStalls(boolean afterHeaders) {
    endpoint.then(afterHeaders ? endpoint.stalls() : endpoint.keepsSilent());
    HttpJudge judge = judge(Map.of("timeout", "PT0.2S", "attempts", "1"));

    assertThat(judge.judge("hose", PAGES)).containsOnly(Optional.empty());
    assertThat(judge.failures()).isEqualTo(Map.of("timeout", 2L));
  }

  @Test
  void aBrokenConnectionIsTriedAgain() {
    endpoint.then(hangsUp(), says(OPINIONS));

    assertThat(judge(Map.of()).judge("hose", PAGES)).allMatch(Optional::isPresent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I would click on the first one.                                    | no_opinion",
        "{\"pages\": [{\"relevance\": 0.8, \"click\"                        | no_opinion",
        "{\"pages\": 7}                                                     | no_opinion",
        "{\"pages\": []}                                                    | wrong_number",
        "{\"pages\": [{\"relevance\": 1, \"click\": 1, \"cart\": 1, \"purchase\": 1}]} |"
            + " wrong_number",
        "{\"pages\": [{\"relevance\": 1}, {\"relevance\": 1}]}              | out_of_range",
        "{\"pages\": [{\"relevance\": 8, \"click\": 0, \"cart\": 0, \"purchase\": 0}, {}]} |"
            + " out_of_range",
        "{\"pages\": [{\"relevance\": \"high\", \"click\": 0}, {}]}         | out_of_range"
      })
  void whatIsNoOpinionOfEveryPageIsMissingForAReason(String said, String reason) {
    endpoint.then(says(said));
    HttpJudge judge = judge(Map.of());

    assertThat(judge.judge("hose", PAGES)).containsExactly(Optional.empty(), Optional.empty());
    assertThat(judge.failures()).isEqualTo(Map.of(reason, 2L));
    assertThat(pauses).as("the same question would get the same answer").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{\"choices\": []}", "{\"choices\": [{\"mess", "[]", ""})
  void whatIsNoCompletionIsMissing(String body) {
    endpoint.then(sends(200, body));
    HttpJudge judge = judge(Map.of());

    assertThat(judge.judge("hose", PAGES)).containsOnly(Optional.empty());
    assertThat(judge.failures()).isEqualTo(Map.of("no_completion", 2L));
  }

  @Test
  void anEndlessAnswerIsCutOff() throws InterruptedException {
    endpoint.then(endpoint.neverEnds());
    HttpJudge judge = judge(Map.of());

    judge.judge("hose", PAGES);

    assertThat(judge.failures()).isEqualTo(Map.of("too_long", 2L));
    assertThat(endpoint.wasCutOff()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void whatWouldFailEveryTimeEndsTheRun(int status) {
    endpoint.then(sends(status, "no"));
    HttpJudge judge = judge(Map.of());

    assertThatThrownBy(() -> judge.judge("hose", PAGES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("HTTP status " + status)
        .hasMessageContaining("train.judge.url");
    assertThat(endpoint.questions()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 422, 307, 500})
  void endsTheRunWhenTheFirstQuestionsAllStayWithoutAnOpinion(int status) {
    endpoint.then(sends(status, "no"));
    HttpJudge judge = judge(Map.of("attempts", "1"));

    for (int question = 1; question < 20; question++) {
      assertThat(judge.judge("hose", PAGES)).containsOnly(Optional.empty());
    }

    assertThatThrownBy(() -> judge.judge("hose", PAGES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("first 20 questions")
        .hasMessageContaining("=40")
        .hasMessageContaining("train.judge.url");
  }

  @Test
  void aJudgeThatWasHeardOnceMayFailForLong() {
    endpoint.then(says(OPINIONS), sends(400, "no"));
    HttpJudge judge = judge(Map.of());

    for (int question = 0; question < 30; question++) {
      judge.judge("hose", PAGES);
    }

    assertThat(judge.failures()).isEqualTo(Map.of("refused", 58L));
  }

  @Test
  void redirectsAreNotFollowed() {
    endpoint.then(
        exchange -> {
          exchange.getResponseHeaders().add("Location", endpoint.url() + "/elsewhere");
          sends(307, "").answer(exchange);
        });
    HttpJudge judge = judge(Map.of());

    judge.judge("hose", PAGES);

    assertThat(judge.failures()).isEqualTo(Map.of("refused", 2L));
    assertThat(endpoint.questions()).hasSize(1);
  }

  @Test
  void asksNoMoreThanTheRunMay() {
    endpoint.then(says(OPINIONS));
    HttpJudge judge = judge(Map.of("requests", "2"));

    judge.judge("hose", PAGES);
    judge.judge("hose", PAGES);

    assertThat(judge.judge("hose", PAGES)).containsOnly(Optional.empty());
    assertThat(judge.failures()).isEqualTo(Map.of("no_request_left", 2L));
    assertThat(endpoint.questions()).hasSize(2);
  }

  @Test
  void theKeyOfAFileIsSentAndNeverShown() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "sk-secret\n");
    HttpJudgeConfig config = config(Map.of("key-file", file.toString()));
    Optional<JudgeKey> key = JudgeKey.find(config, variable -> "other");
    endpoint.then(says(OPINIONS));

    new HttpJudge(engine, new ChatClient(config, key, pauses::add), 5).judge("hose", PAGES);

    assertThat(endpoint.keys()).containsExactly("Bearer sk-secret");
    assertThat(key.toString() + config).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFFsk-secret", "sk-secret\u0007", "sk secret", "sk-secr\u00e9t"})
  void aKeyThatNoHeaderTakesIsRefusedWithoutBeingShown(String written) throws IOException {
    Path file = Files.writeString(directory.resolve("key"), written + "\n");
    HttpJudgeConfig ofFile = config(Map.of("key-file", file.toString()));
    HttpJudgeConfig ofVariable = config(Map.of("key-variable", "JUDGE"));

    assertThatThrownBy(() -> JudgeKey.find(ofFile, variable -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContainingAny("secr", written);
    assertThatThrownBy(() -> JudgeKey.find(ofVariable, variable -> written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JUDGE")
        .hasMessageNotContainingAny("secr", written);
  }

  @Test
  void theEnvironmentHoldsAKeyWhereNoFileDoes() {
    HttpJudgeConfig config = config(Map.of("key-variable", "JUDGE"));

    assertThat(JudgeKey.find(config, Map.of("JUDGE", "k")::get).orElseThrow().header())
        .isEqualTo("Bearer k");
    assertThat(JudgeKey.find(config, variable -> null)).isEmpty();
  }

  @Test
  void aKeyDoesNotLeaveTheMachineUnencrypted() {
    HttpJudgeConfig config = config(Map.of("url", "http://example.org/v1/chat/completions"));
    Optional<JudgeKey> key = JudgeKey.find(config, variable -> "k");

    assertThatThrownBy(() -> new ChatClient(config, key, pauses::add))
        .hasMessageContaining("unencrypted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost:8000", "ftp://host/x", "http://user:pw@host/x"})
  void refusesWhatIsNoEndpoint(String url) {
    assertThatThrownBy(() -> config(Map.of("url", url)).requireUsable())
        .hasMessageContaining("train.judge.url");
  }

  private HttpJudge judge(Map<String, String> given) {
    HttpJudgeConfig config = config(given);
    return new HttpJudge(
        engine, new ChatClient(config, Optional.empty(), pauses::add), config.products());
  }

  private HttpJudgeConfig config(Map<String, String> given) {
    Map<String, String> values = new TreeMap<>();
    values.put("judge.url", endpoint.url());
    values.put("judge.model", "m");
    values.put("judge.backoff", "PT0.25S");
    given.forEach((key, value) -> values.put("judge." + key, value));
    ConfigBinder binder = new ConfigBinder(values);
    HttpJudgeConfig config = binder.bind("judge", HttpJudgeConfig.class);
    binder.finish();
    return config;
  }

  private static Product product(String id, String title) {
    return new Product(id, title, "", "", "", Map.of());
  }
}
