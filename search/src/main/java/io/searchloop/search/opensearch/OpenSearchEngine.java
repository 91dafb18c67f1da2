package io.searchloop.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.EngineUnavailableException;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.IndexGoneException;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.opensearch.OpenSearchSettings.ForeignIndex;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Searches one catalogue epoch in an OpenSearch: in an index that {@link #index} writes, where it
 * ranks as {@link io.searchloop.search.engine.LuceneSearchEngine} does, or in one that a shop has
 * already ({@link #over}), which is only read.
 *
 * <p>Each search is one request. Whatever keeps it from a whole answer is an error: a page of some
 * of the shards would be rewarded as if it were all. Any thread.
 */
public final class OpenSearchEngine implements SearchEngine {
  private static final int MOST_HITS = 10_000;

  private final OpenSearchHttp http;
  private final OpenSearchSettings settings;
  private final OpenSearchQueries queries;
  private final String index;
  private final long epoch;
  private final long documents;
  private volatile boolean closed;

  private OpenSearchEngine(
      OpenSearchHttp http, OpenSearchSettings settings, String index, long epoch, long documents) {
    this.http = http;
    this.settings = settings;
    this.queries = new OpenSearchQueries(settings.foreign());
    this.index = index;
    this.epoch = epoch;
    this.documents = documents;
  }

  /**
   * Brings a catalogue in, and searches it; what is there already is not sent again. Of products
   * with the same id the last one counts.
   *
   * @param products the whole catalogue of the epoch
   * @param epoch number of the catalogue epoch
   * @param bm25 ranking parameters
   * @throws EngineUnavailableException when OpenSearch does not answer; asking again goes on
   * @throws IllegalStateException when it refuses, or the alias is somebody else's index
   */
  public static OpenSearchEngine index(
      Iterable<Product> products, long epoch, Bm25 bm25, OpenSearchSettings settings) {
    if (settings.foreign().isPresent()) {
      throw new IllegalArgumentException(
          "Index %s is read-only, expected one to write to. Set search.opensearch.read-only=false."
              .formatted(settings.index()));
    }
    Map<String, Product> byId = new LinkedHashMap<>();
    products.forEach(product -> byId.put(product.id(), product));
    OpenSearchHttp http = new OpenSearchHttp(settings);
    Collection<Product> all = byId.values();
    String index = new OpenSearchIndex(http, settings).write(all, epoch, bm25);
    return new OpenSearchEngine(http, settings, index, epoch, all.size());
  }

  /**
   * Searches somebody else's index, and never writes.
   *
   * @param epoch catalogue epoch that results name
   * @throws EngineUnavailableException when OpenSearch does not answer
   * @throws IllegalStateException when the index or a field is not there
   */
  public static OpenSearchEngine over(OpenSearchSettings settings, long epoch) {
    ForeignIndex foreign =
        settings
            .foreign()
            .orElseThrow(() -> new IllegalArgumentException("Fields are missing, expected some."));
    OpenSearchHttp http = new OpenSearchHttp(settings);
    long documents = new OpenSearchIndex(http, settings).count(settings.index());
    requireFields(http, settings, foreign);
    return new OpenSearchEngine(http, settings, settings.index(), epoch, documents);
  }

  @Override
  public SearchResults search(SearchQuery query, int limit) {
    if (limit < 1 || limit > MOST_HITS) {
      throw new IllegalArgumentException(
          "Search limit is %d, expected 1 to %d. Ask for the hits that are shown."
              .formatted(limit, MOST_HITS));
    }
    requireOpen();
    return queries
        .search(query, limit)
        .map(body -> results(http.search("/" + index + "/_search", body)))
        .orElseGet(() -> new SearchResults(List.of(), 0, epoch));
  }

  @Override
  public long epoch() {
    return epoch;
  }

  /** How many products it holds; somebody else's index when it was opened. */
  @Override
  public long documents() {
    return documents;
  }

  /** A product by its id: one request. Of somebody else's index the title alone. */
  @Override
  public Optional<Product> product(String id) {
    requireOpen();
    return settings.foreign().isEmpty()
        ? http.find("/" + index + "/_doc/" + encoded(id))
            .map(found -> product(id, found.path("_source")))
        : foreignProduct(id, settings.foreign().get());
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "Search engine of catalogue epoch %d is closed. Search the engine of the current epoch."
              .formatted(epoch));
    }
  }

  private SearchResults results(JsonNode reply) {
    if (reply.isMissingNode()) {
      throw new IndexGoneException(
          "OpenSearch at %s has no index %s any more: a newer catalogue took its place, or somebody deleted it. Search the newest, or publish the catalogue again."
              .formatted(settings.url(), index));
    }
    JsonNode total = reply.path("hits").path("total");
    if (reply.path("timed_out").asBoolean(true)
        || reply.path("_shards").path("failed").asInt(1) > 0
        || !total.path("relation").asText().equals("eq")) {
      throw new EngineUnavailableException(
          "OpenSearch at %s answers a search of %s with a part of the results: timed_out %s, shards %s. Look at the cluster's health, or raise search.opensearch.timeout."
              .formatted(settings.url(), index, reply.path("timed_out"), reply.path("_shards")));
    }
    List<Hit> hits = new ArrayList<>();
    for (JsonNode hit : reply.path("hits").path("hits")) {
      hits.add(new Hit(productId(hit), hit.path("_score").doubleValue()));
    }
    return new SearchResults(hits, total.path("value").longValue(), epoch);
  }

  private String productId(JsonNode hit) {
    String field = settings.foreign().map(ForeignIndex::idField).orElse("");
    if (field.isEmpty()) {
      return hit.path("_id").textValue();
    }
    String id = field(hit.path("_source"), field);
    if (id.isEmpty()) {
      throw new IllegalStateException(
          "Document %s of %s has no %s, expected the product's id there. Correct search.opensearch.id-field."
              .formatted(hit.path("_id"), index, field));
    }
    return id;
  }

  private Optional<Product> foreignProduct(String id, ForeignIndex foreign) {
    var body = OpenSearchHttp.json().createObjectNode().put("size", 1);
    String field = foreign.idField().isEmpty() ? "_id" : foreign.idField();
    body.putObject("query").putObject("term").put(field, id);
    JsonNode hit = http.search("/" + index + "/_search", body).path("hits").path("hits").path(0);
    return hit.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Product(
                id, field(hit.path("_source"), foreign.titleField()), "", "", "", Map.of()));
  }

  private static Product product(String id, JsonNode source) {
    Map<String, String> attributes = new LinkedHashMap<>();
    source
        .path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    return new Product(
        id,
        source.path("title").asText(),
        source.path("description").asText(),
        source.path("category").asText(),
        source.path("brand").asText(),
        attributes);
  }

  /** A field by its path. */
  private static String field(JsonNode source, String path) {
    JsonNode value = source;
    for (String step : path.split("\\.")) {
      value = value.path(step);
    }
    return value.asText();
  }

  private static void requireFields(
      OpenSearchHttp http, OpenSearchSettings settings, ForeignIndex foreign) {
    String names =
        foreign.fields().stream().map(SearchedField::name).collect(Collectors.joining(","));
    JsonNode found =
        http.find("/" + settings.index() + "/_field_caps?fields=" + encoded(names))
            .orElseThrow()
            .path("fields");
    for (SearchedField field : foreign.fields()) {
      JsonNode types = found.path(field.name());
      boolean searchable = !types.isEmpty();
      for (JsonNode type : types) {
        searchable &= type.path("searchable").asBoolean();
      }
      if (!searchable) {
        throw new IllegalStateException(
            "Index %s at %s has no searchable field '%s', found %s. Correct search.opensearch.fields."
                .formatted(settings.index(), settings.url(), field.name(), types));
      }
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
