package io.searchloop.streams.page;

import io.searchloop.schemas.Decision;
import io.searchloop.search.engine.Hit;
import java.util.List;
import java.util.Optional;

/**
 * What a shopper sees, and the record of it.
 *
 * @param decision the record to log; its page is that of {@code hits}
 * @param rewrite the rewrite that was searched with; empty when there was none or several lists
 *     were merged
 * @param hits in the order shown; on a merged page each has the best score that any list gave it,
 *     and the order is not that of the scores
 * @param total matching products; of a merged page those of the longest list
 */
public record ShownPage(Decision decision, Optional<String> rewrite, List<Hit> hits, long total) {

  /** Copies the hits. */
  public ShownPage {
    hits = List.copyOf(hits);
  }
}
