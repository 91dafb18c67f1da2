package io.searchloop.search.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.engine.RetrievalChoice;
import io.searchloop.search.opensearch.OpenSearchSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSearchConfigTest {
  @TempDir private Path folder;

  @Test
  void searchesWithLuceneUnlessToldOtherwise() {
    SearchConfig search = ConfigBinder.defaults(SearchConfig.class);
    OpenSearchConfig openSearch = bind(Map.of("authorization", "no-such-file"));

    assertThat(search.engine()).isEqualTo(SearchConfig.Engine.LUCENE);
    assertThat(search.retrieval(openSearch)).isSameAs(RetrievalChoice.IN_PROCESS);
  }

  @Test
  void hasTheDocumentedDefaults() {
    assertThat(ConfigBinder.defaults(OpenSearchConfig.class))
        .isEqualTo(
            new OpenSearchConfig(
                "http://127.0.0.1:9200",
                "searchloop",
                false,
                "",
                "",
                "title",
                "",
                Duration.ofMillis(500),
                2,
                Duration.ofMinutes(1),
                1));
  }

  @Test
  void readsEverySetting() throws Exception {
    Path header = folder.resolve("header");
    Files.writeString(header, "ApiKey secret\n");

    OpenSearchSettings settings =
        bind(Map.ofEntries(
                Map.entry("url", "https://search:9201/path"),
                Map.entry("index", "products"),
                Map.entry("read-only", "true"),
                Map.entry("fields", "title^3,description"),
                Map.entry("id-field", "sku"),
                Map.entry("title-field", "name"),
                Map.entry("authorization", header.toString()),
                Map.entry("timeout", "PT2S"),
                Map.entry("attempts", "3"),
                Map.entry("index-timeout", "PT3S"),
                Map.entry("replicas", "4")))
            .settings();

    assertThat(settings.url()).isEqualTo(URI.create("https://search:9201/path"));
    assertThat(settings.index()).isEqualTo("products");
    assertThat(settings.foreign().orElseThrow().fields()).hasSize(2);
    assertThat(settings.foreign().orElseThrow().idField()).isEqualTo("sku");
    assertThat(settings.foreign().orElseThrow().titleField()).isEqualTo("name");
    assertThat(settings.authorization()).isEqualTo("ApiKey secret");
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.attempts()).isEqualTo(3);
    assertThat(settings.indexTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.replicas()).isEqualTo(4);
  }

  @Test
  void namesWhatCannotBeUsed() throws Exception {
    assertThatThrownBy(() -> bind(Map.of("read-only", "true")))
        .hasMessageContaining("fields is empty");
    assertThatThrownBy(() -> bind(Map.of("attempts", "0")))
        .hasMessageContaining("attempts is 0, expected at least 1");
    Path header = folder.resolve("header");
    Files.writeString(header, "ApiKey secret\nX: y\n");

    assertThatThrownBy(() -> bind(Map.of("authorization", header.toString())).settings())
        .hasMessageContaining("with 2 lines, expected one")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> bind(Map.of("authorization", "no-such-file")).settings())
        .hasMessageContaining("no-such-file, which cannot be read");
  }

  private static OpenSearchConfig bind(Map<String, String> values) {
    Map<String, String> keyed = new HashMap<>();
    values.forEach((key, value) -> keyed.put("search.opensearch." + key, value));
    ConfigBinder binder = new ConfigBinder(keyed);
    OpenSearchConfig config = binder.bind("search.opensearch", OpenSearchConfig.class);
    binder.finish();
    return config;
  }
}
