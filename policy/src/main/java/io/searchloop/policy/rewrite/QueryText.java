package io.searchloop.policy.rewrite;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The normal form of a text: NFKC, lower case, single spaces. Two queries that shoppers would call
 * the same share it, so it keys groups and caches as well as prompts.
 */
public final class QueryText {
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Cntrl}]+");

  private QueryText() {}

  /** Normal form; may be empty. */
  public static String normalise(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return SPACES.matcher(folded).replaceAll(" ").strip();
  }
}
