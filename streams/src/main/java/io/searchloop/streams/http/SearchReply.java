package io.searchloop.streams.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * Answer of {@code POST /v1/search}: the rewrite, and what it found.
 *
 * @param total matching products, of which {@code results} are the best
 */
record SearchReply(@JsonUnwrapped RewriteReply decision, long total, List<ResultReply> results) {

  /**
   * One product found.
   *
   * @param position from one
   */
  record ResultReply(String productId, String title, int position, double score) {}
}
