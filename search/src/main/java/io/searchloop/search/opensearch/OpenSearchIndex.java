package io.searchloop.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.CatalogueTerms;
import io.searchloop.search.engine.EngineUnavailableException;
import io.searchloop.search.engine.Product;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Keeps one catalogue epoch in an index of its own, {@code NAME-EPOCH-CONTENT}. Documents are only
 * ever created, never replaced, so that workers may write the same epoch side by side, or go on
 * where one was cut off, and no deleted document stands in the statistics of BM25. The alias NAME
 * moves when all are there. One thread.
 */
final class OpenSearchIndex {
  /** Stemmed text that searches match. */
  static final String TEXT = "text";

  /** Place in the catalogue, which breaks ties. */
  static final String ORDINAL = "ordinal";

  private static final int VERSION = 1;
  private static final int BATCH = 1_000;
  private static final int BATCH_CHARACTERS = 4_000_000;
  private static final int ALREADY_THERE = 409;
  private static final int CREATED = 201;
  private static final int BUSY = 429;
  private static final int CONTENT_BYTES = 6;

  private final OpenSearchHttp http;
  private final OpenSearchSettings settings;

  OpenSearchIndex(OpenSearchHttp http, OpenSearchSettings settings) {
    this.http = http;
    this.settings = settings;
  }

  /** Brings an epoch in, unless it is there; its index. */
  String write(Collection<Product> products, long epoch, Bm25 bm25) {
    Set<String> serving = serving();
    String index = "%s-%d-%s".formatted(settings.index(), epoch, content(products, bm25));
    create(index, epoch, bm25);
    if (count(index) < products.size()) {
      send(index, products);
    }
    http.refresh(index);
    long found = count(index);
    if (found != products.size()) {
      throw new IllegalStateException(
          "Index %s has %d documents after indexing, expected the %d products of epoch %d. Delete the index; it is written again."
              .formatted(index, found, products.size(), epoch));
    }
    publish(index, epoch, serving);
    return index;
  }

  /** Documents of an index. */
  long count(String index) {
    return http.find("/" + index + "/_count")
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "OpenSearch at %s has no index %s. Create it, or correct search.opensearch.index."
                        .formatted(settings.url(), index)))
        .path("count")
        .longValue();
  }

  private Set<String> serving() {
    Optional<JsonNode> aliased = http.find("/_alias/" + settings.index());
    if (aliased.isEmpty() && http.find("/" + settings.index()).isPresent()) {
      throw new IllegalStateException(
          "%s is an index at %s, expected an alias or nothing: this loop keeps an index for each catalogue epoch under it. Name another search.opensearch.index, or set search.opensearch.read-only=true to search that index."
              .formatted(settings.index(), settings.url()));
    }
    return aliased.map(OpenSearchIndex::names).orElse(Set.of());
  }

  private void create(String index, long epoch, Bm25 bm25) {
    if (http.find("/" + index).isPresent()) {
      return;
    }
    try {
      http.put("/" + index, definition(epoch, bm25));
    } catch (IllegalStateException e) {
      if (http.find("/" + index).isEmpty()) { // else another worker was faster
        throw e;
      }
    }
  }

  private ObjectNode definition(long epoch, Bm25 bm25) {
    ObjectNode definition = OpenSearchHttp.json().createObjectNode();
    ObjectNode index = definition.putObject("settings").putObject("index");
    // One shard: statistics of several differ, and so would the ranking.
    index.put("number_of_shards", 1).put("number_of_replicas", settings.replicas());
    index
        .putObject("similarity")
        .putObject("default")
        .put("type", "BM25")
        .put("k1", bm25.k1())
        .put("b", bm25.b());
    ObjectNode mappings = definition.putObject("mappings").put("dynamic", "strict");
    mappings
        .putObject("_meta")
        .put("owner", "searchloop")
        .put("alias", settings.index())
        .put("epoch", epoch);
    mappings.putObject("_source").putArray("excludes").add(TEXT);
    ObjectNode fields = mappings.putObject("properties");
    fields
        .putObject(TEXT)
        .put("type", "text")
        .put("analyzer", "english")
        .put("index_options", "freqs");
    fields.putObject(ORDINAL).put("type", "integer");
    for (String stored : List.of("title", "description", "category", "brand")) {
      fields.putObject(stored).put("type", "text").put("index", false);
    }
    fields.putObject("attributes").put("type", "object").put("enabled", false);
    return definition;
  }

  private void send(String index, Collection<Product> products) {
    StringBuilder lines = new StringBuilder();
    int batch = 0;
    int ordinal = 0;
    for (Product product : products) {
      lines.append(action(product)).append('\n').append(document(product, ordinal)).append('\n');
      ordinal++;
      batch++;
      if (batch == BATCH || lines.length() > BATCH_CHARACTERS || ordinal == products.size()) {
        http.bulk("/" + index + "/_bulk", lines.toString(), this::taken);
        lines.setLength(0);
        batch = 0;
      }
    }
  }

  private static ObjectNode action(Product product) {
    ObjectNode action = OpenSearchHttp.json().createObjectNode();
    action.putObject("create").put("_id", product.id());
    return action;
  }

  private static ObjectNode document(Product product, int ordinal) {
    ObjectNode document = OpenSearchHttp.json().createObjectNode();
    document
        .put(TEXT, CatalogueTerms.searchable(product))
        .put(ORDINAL, ordinal)
        .put("title", product.title())
        .put("description", product.description())
        .put("category", product.category())
        .put("brand", product.brand());
    ObjectNode attributes = document.putObject("attributes");
    product.attributes().forEach(attributes::put);
    return document;
  }

  /** Each document is there, or the whole batch is sent again, or the error is told. */
  private JsonNode taken(JsonNode reply) {
    for (JsonNode item : reply.path("items")) {
      JsonNode result = item.path("create");
      int status = result.path("status").intValue();
      String told =
          "OpenSearch at %s takes product %s with %d: %s"
              .formatted(
                  settings.url(), result.path("_id").textValue(), status, result.path("error"));
      if (status == BUSY) {
        throw new EngineUnavailableException(told + ". Look at the cluster's health.");
      }
      if (status != CREATED && status != ALREADY_THERE) {
        throw new IllegalStateException(told + ". Correct the product; nothing serves this epoch.");
      }
    }
    return reply;
  }

  /** Moves the alias at once, never back; then what nobody searches any more goes. */
  private void publish(String index, long epoch, Set<String> before) {
    JsonNode mappings =
        http.find("/" + settings.index() + "-*/_mapping")
            .orElseGet(() -> OpenSearchHttp.json().createObjectNode());
    if (before.contains(index) || before.stream().anyMatch(old -> epoch(mappings, old) > epoch)) {
      return;
    }
    ArrayNode actions = OpenSearchHttp.json().createArrayNode();
    before.forEach(
        old ->
            actions
                .addObject()
                .putObject("remove")
                .put("index", old)
                .put("alias", settings.index()));
    actions.addObject().putObject("add").put("index", index).put("alias", settings.index());
    http.post("/_aliases", OpenSearchHttp.json().createObjectNode().set("actions", actions));
    for (String old : names(mappings)) {
      // Other workers may still search the epoch before.
      if (!old.equals(index) && !before.contains(old) && epoch(mappings, old) < epoch) {
        http.delete("/" + old);
      }
    }
  }

  /** Epoch of an index of ours; beyond all others when it is not ours. */
  private long epoch(JsonNode mappings, String index) {
    JsonNode meta = mappings.path(index).path("mappings").path("_meta");
    boolean ours =
        meta.path("owner").asText().equals("searchloop")
            && meta.path("alias").asText().equals(settings.index());
    return ours ? meta.path("epoch").longValue() : Long.MAX_VALUE;
  }

  private static Set<String> names(JsonNode byIndex) {
    Iterator<String> names = byIndex.fieldNames();
    return StreamSupport.stream(((Iterable<String>) () -> names).spliterator(), false)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Tells apart epochs of the same number: a loop that begins anew counts from one. */
  private static String content(Collection<Product> products, Bm25 bm25) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((VERSION + "\n" + bm25).getBytes(StandardCharsets.UTF_8));
      for (Product product : products) {
        digest.update(product.toString().getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, CONTENT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
