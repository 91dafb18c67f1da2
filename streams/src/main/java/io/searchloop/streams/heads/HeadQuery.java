package io.searchloop.streams.heads;

import io.searchloop.policy.rewrite.QueryText;

/**
 * A query with how often it was asked lately.
 *
 * @param query in normal form
 * @param locale BCP 47 tag of those who asked; may be empty
 * @param count decisions in the windows looked at
 */
public record HeadQuery(String query, String locale, long count) {
  private static final char END_OF_LOCALE = '\t';

  /**
   * Key under which a query is counted: rollouts are compared within a locale, so it tells heads.
   */
  public static String key(String query, String locale) {
    return locale + END_OF_LOCALE + QueryText.normalise(query);
  }

  /** The query of a key. */
  public static HeadQuery of(String key, long count) {
    int end = key.indexOf(END_OF_LOCALE); // -1 in counts of an earlier version: no locale
    return new HeadQuery(key.substring(end + 1), key.substring(0, Math.max(0, end)), count);
  }
}
