package io.searchloop.search.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.search.engine.CatalogueTerms;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.opensearch.OpenSearchSettings.ForeignIndex;
import java.util.Map;
import java.util.Optional;

/**
 * Writes searches. In an index of ours each term of the fused query is one {@code term} query with
 * its weight, so BM25 ranks as Lucene does here; ties are in catalogue order. In somebody else's
 * each word goes through the index's own analysis, in every field with its boost, and the fields'
 * scores add up. Immutable; any thread.
 */
final class OpenSearchQueries {
  /** Clauses that OpenSearch takes unless told otherwise. */
  private static final int MOST_CLAUSES = 1024;

  private final CatalogueTerms terms = new CatalogueTerms();
  private final Optional<ForeignIndex> foreign;

  OpenSearchQueries(Optional<ForeignIndex> foreign) {
    this.foreign = foreign;
  }

  /** The body of a search; empty when the query has nothing to look for. */
  Optional<JsonNode> search(SearchQuery query, int limit) {
    ArrayNode clauses = OpenSearchHttp.json().createArrayNode();
    Map<String, Double> weights = foreign.isEmpty() ? terms.weights(query) : terms.words(query);
    int most = MOST_CLAUSES / foreign.map(index -> index.fields().size()).orElse(1);
    weights.entrySet().stream()
        .limit(most)
        .forEach(entry -> clauses.add(clause(entry.getKey(), entry.getValue())));
    return clauses.isEmpty() ? Optional.empty() : Optional.of(body(clauses, limit));
  }

  private JsonNode body(ArrayNode clauses, int limit) {
    ObjectNode body = OpenSearchHttp.json().createObjectNode();
    body.put("size", limit).put("track_total_hits", true).put("track_scores", true);
    String idField = foreign.map(ForeignIndex::idField).orElse("");
    if (idField.isEmpty()) {
      body.put("_source", false);
    } else {
      body.putArray("_source").add(idField);
    }
    body.putObject("query").putObject("bool").set("should", clauses);
    if (foreign.isEmpty()) {
      body.putArray("sort").add("_score").addObject().put(OpenSearchIndex.ORDINAL, "asc");
    }
    return body;
  }

  private JsonNode clause(String text, double weight) {
    ObjectNode clause = OpenSearchHttp.json().createObjectNode();
    if (foreign.isEmpty()) {
      clause
          .putObject("term")
          .putObject(OpenSearchIndex.TEXT)
          .put("value", text)
          .put("boost", (float) weight);
      return clause;
    }
    ObjectNode match = clause.putObject("multi_match");
    match.put("query", text).put("type", "most_fields").put("boost", (float) weight);
    ArrayNode fields = match.putArray("fields");
    foreign.get().fields().forEach(field -> fields.add(field.text()));
    return clause;
  }
}
