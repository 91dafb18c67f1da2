package io.searchloop.search.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.engine.WeightedText;
import io.searchloop.search.opensearch.OpenSearchSettings.ForeignIndex;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real node, which is started for these tests: {@code -Pexternal}. */
@Tag("external")
class OpenSearchEngineIT {
  private static final List<String> WORDS =
      List.of(
          "red",
          "blue",
          "running",
          "shoes",
          "shoe",
          "sofa",
          "couch",
          "cordless",
          "drill",
          "drills",
          "hammer",
          "the",
          "of",
          "garden",
          "hoses",
          "light",
          "bulb",
          "led",
          "men's",
          "waterproof",
          "jacket",
          "2x4",
          "wd-40",
          "paint",
          "möbel",
          "table");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path folder;
  private static OpenSearchProcess node;

  @BeforeAll
  static void start() throws Exception {
    node = OpenSearchProcess.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    node.close();
  }

  /** OpenSearch keeps the factor k1 + 1 that Lucene dropped from BM25; it changes no order. */
  @Test
  void ranksAsLuceneDoesInThisProcess() {
    SplittableRandom random = new SplittableRandom(1);
    List<Product> products = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      products.add(
          new Product(
              "p" + i,
              text(random, 6),
              text(random, 40),
              "Home > " + text(random, 1),
              text(random, 1),
              Map.of("colour", text(random, 2))));
    }
    int same = 0;
    double furthest = 0;
    int queries = 300;
    try (LuceneSearchEngine lucene = LuceneSearchEngine.index(products, 5, Bm25.DEFAULT);
        OpenSearchEngine elsewhere =
            OpenSearchEngine.index(products, 5, Bm25.DEFAULT, ours("ranks"))) {
      for (int i = 0; i < queries; i++) {
        SearchQuery query = query(random);
        SearchResults here = lucene.search(query, 10);
        SearchResults there = elsewhere.search(query, 10);
        assertThat(there.totalHits()).isEqualTo(here.totalHits());
        assertThat(there.epoch()).isEqualTo(5);
        same += here.productIds().equals(there.productIds()) ? 1 : 0;
        for (int place = 0; place < here.hits().size(); place++) {
          double off =
              there.hits().get(place).score()
                      / here.hits().get(place).score()
                      / (Bm25.DEFAULT.k1() + 1)
                  - 1;
          furthest = Math.max(furthest, Math.abs(off));
        }
      }
      assertThat(elsewhere.documents()).isEqualTo(2_000);
      assertThat(elsewhere.product("p7")).isEqualTo(lucene.product("p7"));
      assertThat(elsewhere.product("p/7 ?")).isEmpty();
    }
    System.out.printf(
        "OpenSearch and Lucene: %d of %d top tens the same, scores k1 + 1 times as high, off by %.1e%n",
        same, queries, furthest);
    assertThat(same).isEqualTo(queries);
    assertThat(furthest).isCloseTo(0, within(1e-5));
  }

  @Test
  void findsNothingForAQueryThatSaysNothing() {
    try (SearchEngine engine =
        OpenSearchEngine.index(shop("hat"), 1, Bm25.DEFAULT, ours("nothing"))) {
      assertThat(engine.search(SearchQuery.identity("the of"), 10).totalHits()).isZero();
      assertThat(engine.search(SearchQuery.identity("hat"), 1).productIds()).containsExactly("p0");
      engine.close();
      assertThatThrownBy(() -> engine.search(SearchQuery.identity("hat"), 1))
          .hasMessageContaining("is closed");
    }
  }

  @Test
  void eachEpochIsWrittenOnceAndTheOneBeforeStaysForThoseWhoSearchIt() throws Exception {
    OpenSearchSettings settings = ours("epochs");
    put("/epochs-archive", "{}");
    OpenSearchEngine first = OpenSearchEngine.index(shop("hat"), 1, Bm25.DEFAULT, settings);
    OpenSearchEngine second = OpenSearchEngine.index(shop("cap"), 2, Bm25.DEFAULT, settings);

    assertThat(found(first, "hat")).isEqualTo(1);
    assertThat(found(second, "hat")).isZero();
    assertThat(aliased("epochs")).singleElement().asString().startsWith("epochs-2-");

    OpenSearchEngine again = OpenSearchEngine.index(shop("cap"), 2, Bm25.DEFAULT, settings);
    OpenSearchEngine third = OpenSearchEngine.index(shop("bag"), 3, Bm25.DEFAULT, settings);
    OpenSearchEngine late = OpenSearchEngine.index(shop("cap"), 2, Bm25.DEFAULT, settings);

    assertThat(found(again, "cap")).isEqualTo(found(late, "cap")).isEqualTo(1);
    assertThat(found(third, "bag")).isEqualTo(1);
    assertThat(aliased("epochs")).singleElement().asString().startsWith("epochs-3-");
    assertThat(get("/epochs-1-*").isEmpty()).isTrue();
    assertThat(get("/epochs-archive").has("epochs-archive")).isTrue();
  }

  @Test
  void goesOnWhereItWasCutOff() throws Exception {
    OpenSearchSettings settings = ours("resumed");
    OpenSearchEngine.index(shop("hat", "cap"), 1, Bm25.DEFAULT, settings).close();
    String index = aliased("resumed").get(0);
    send("DELETE", "/" + index + "/_doc/p1?refresh=true", "");

    try (OpenSearchEngine engine =
        OpenSearchEngine.index(shop("hat", "cap"), 1, Bm25.DEFAULT, settings)) {
      assertThat(found(engine, "cap")).isEqualTo(1);
      assertThat(get("/" + index + "/_doc/p0").path("_version").intValue()).isEqualTo(1);
    }
  }

  @Test
  void leavesAnIndexOfSomebodyElseAlone() throws Exception {
    put("/taken", "{}");

    assertThatThrownBy(() -> OpenSearchEngine.index(shop("hat"), 1, Bm25.DEFAULT, ours("taken")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("taken is an index at " + node.url())
        .hasMessageContaining("search.opensearch.read-only=true");
  }

  @Test
  void searchesAnIndexOfSomebodyElse() throws Exception {
    put(
        "/shop",
        "{\"mappings\":{\"properties\":{\"sku\":{\"type\":\"keyword\"},"
            + "\"name\":{\"type\":\"text\",\"analyzer\":\"english\"},"
            + "\"blurb\":{\"type\":\"text\",\"analyzer\":\"english\"}}}}");
    document("/shop/_doc/1", "{\"sku\":\"A\",\"name\":\"red sofa\",\"blurb\":\"with a table\"}");
    document("/shop/_doc/2", "{\"sku\":\"B\",\"name\":\"table\",\"blurb\":\"for sofas and more\"}");
    document("/shop/_doc/3", "{\"sku\":\"C\",\"name\":\"couch\",\"blurb\":\"blue\"}");

    try (OpenSearchEngine engine = OpenSearchEngine.over(theirs("name^3,blurb", "sku"), 4)) {
      SearchQuery query =
          new SearchQuery("sofas", List.of(new WeightedText("couch sofa", .35)), Combination.UNION);

      assertThat(engine.search(query, 10).productIds()).containsExactly("A", "C", "B");
      assertThat(engine.search(query, 10).epoch()).isEqualTo(4);
      assertThat(engine.search(query, 1).totalHits()).isEqualTo(3);
      assertThat(engine.documents()).isEqualTo(3);
      assertThat(engine.product("B").orElseThrow().title()).isEqualTo("table");
    }
    assertThatThrownBy(() -> OpenSearchEngine.over(theirs("name,colour", "sku"), 1))
        .hasMessageContaining("has no searchable field 'colour'");
    assertThatThrownBy(
            () ->
                OpenSearchEngine.over(
                    settings("none", Optional.of(new ForeignIndex(fields("name"), "", "name"))), 1))
        .hasMessageContaining("has no index none");
    try (OpenSearchEngine engine = OpenSearchEngine.over(theirs("name", "missing"), 1)) {
      assertThatThrownBy(() -> engine.search(SearchQuery.identity("table"), 1))
          .hasMessageContaining("has no missing, expected the product's id there");
    }
  }

  private static String text(SplittableRandom random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      // Squared, so that words are common and rare.
      double place = random.nextDouble();
      text.append(WORDS.get((int) (place * place * WORDS.size()))).append(' ');
    }
    return text.toString().strip();
  }

  private static SearchQuery query(SplittableRandom random) {
    List<WeightedText> additions = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      additions.add(new WeightedText(text(random, 2), .2 + random.nextDouble()));
    }
    Combination combination = random.nextInt(4) == 0 ? Combination.REPLACE : Combination.UNION;
    return new SearchQuery(text(random, 1 + random.nextInt(4)), additions, combination);
  }

  private static List<Product> shop(String... titles) {
    List<Product> products = new ArrayList<>();
    for (String title : titles) {
      products.add(new Product("p" + products.size(), title, "", "", "", Map.of()));
    }
    return products;
  }

  private static long found(SearchEngine engine, String query) {
    return engine.search(SearchQuery.identity(query), 10).totalHits();
  }

  private static OpenSearchSettings ours(String index) {
    return settings(index, Optional.empty());
  }

  private static OpenSearchSettings theirs(String fields, String idField) {
    return settings("shop", Optional.of(new ForeignIndex(fields(fields), idField, "name")));
  }

  private static List<SearchedField> fields(String text) {
    return SearchedField.list(text);
  }

  private static OpenSearchSettings settings(String index, Optional<ForeignIndex> foreign) {
    return new OpenSearchSettings(
        node.url(), index, foreign, "", Duration.ofSeconds(20), 3, Duration.ofMinutes(1), 0);
  }

  private static List<String> aliased(String alias) throws Exception {
    TreeSet<String> names = new TreeSet<>();
    get("/_alias/" + alias).fieldNames().forEachRemaining(names::add);
    return List.copyOf(names);
  }

  private static void put(String path, String body) throws Exception {
    assertThat(send("PUT", path, body).has("error")).isFalse();
  }

  private static void document(String path, String body) throws Exception {
    put(path + "?refresh=true", body);
  }

  private static JsonNode get(String path) throws Exception {
    return send("GET", path, "");
  }

  private static JsonNode send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.url().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return new ObjectMapper().readTree(HTTP.send(request, BodyHandlers.ofString()).body());
  }
}
