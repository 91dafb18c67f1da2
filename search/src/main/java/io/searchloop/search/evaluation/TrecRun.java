package io.searchloop.search.evaluation;

import io.searchloop.search.engine.Hit;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Writes rankings in the run format of TREC, so that anybody can check our figures with {@code
 * trec_eval}: one line a hit,
 *
 * <pre>
 *   queryId Q0 productId rank score tag
 * </pre>
 *
 * <p>{@code trec_eval} sorts by score itself and breaks ties by product id, so equal scores can
 * move a figure in the third decimal. One thread at a time; closing closes the writer.
 */
public final class TrecRun implements Closeable {
  private final Writer out;
  private final String tag;

  /**
   * A run under one name.
   *
   * @param out where the lines go
   * @param tag names the system in every line, without blanks
   */
  public TrecRun(Writer out, String tag) {
    this.out = out;
    this.tag = requireWord("tag", tag);
  }

  /**
   * Appends the ranking of one query; no lines when it found nothing.
   *
   * @param hits best first
   */
  public void write(String queryId, List<Hit> hits) throws IOException {
    requireWord("query id", queryId);
    for (int i = 0; i < hits.size(); i++) {
      Hit hit = hits.get(i);
      String product = requireWord("product id", hit.productId());
      out.write(queryId + " Q0 " + product + " " + (i + 1) + " " + hit.score() + " " + tag + "\n");
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static String requireWord(String what, String value) {
    if (value.isEmpty() || value.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "TREC run: %s is \"%s\", expected a word without blanks. The format separates by blanks."
              .formatted(what, value));
    }
    return value;
  }
}
