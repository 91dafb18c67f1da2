package io.searchloop.streams.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.searchloop.schemas.Decision;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.WeightedText;
import io.searchloop.search.merging.Fusion;
import io.searchloop.search.query.ServedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answer of {@code POST /v1/rewrite}: the rewrite, and the query to send to an engine.
 *
 * @param parts texts of one query of summed term scores. A typed word weighs 1 for each time it is
 *     typed; a word that is not typed weighs, once, the largest weight of a part that has it. Where
 *     rewrites replace the query and there is one, it is the only part.
 */
record QueryReply(@JsonUnwrapped RewriteReply decision, List<PartReply> parts) {

  static QueryReply of(Decision decision, Optional<String> rewrite, ServedQuery query) {
    return new QueryReply(
        RewriteReply.of(decision, rewrite), PartReply.of(searched(query, rewrite)));
  }

  private static SearchQuery searched(ServedQuery query, Optional<String> rewrite) {
    return rewrite.map(text -> query.with(List.of(text))).orElseGet(query::unrewritten);
  }

  /** A text and its weight. */
  record PartReply(String text, double weight) {
    private static List<PartReply> of(SearchQuery query) {
      List<PartReply> parts = new ArrayList<>();
      for (WeightedText addition : query.additions()) {
        parts.add(new PartReply(addition.text(), addition.weight()));
      }
      return switch (query.combination()) {
        case UNION -> {
          parts.add(0, new PartReply(query.typed(), Fusion.TYPED_TERM_WEIGHT));
          yield List.copyOf(parts);
        }
        case REPLACE -> List.copyOf(parts);
      };
    }
  }
}
