package io.searchloop.app.rewrites;

import io.searchloop.search.engine.Combination;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Languages of search engines for what a query is to become. */
public enum RuleFormat {
  /**
   * Solr's synonym file, which Lucene, Solr, Elasticsearch and OpenSearch read: {@code couch =>
   * couch, sofa}. It holds within longer queries too.
   */
  SYNONYMS {
    @Override
    Optional<List<String>> rule(RewriteWin win) {
      String query = escaped(win.query());
      String rewrite = escaped(win.rewrite());
      return Optional.of(
          List.of(
              switch (win.combination()) {
                case UNION -> query + " => " + query + ", " + rewrite;
                case REPLACE -> query + " => " + rewrite;
              }));
    }
  },
  /**
   * Querqy's common rules: {@code "couch" =>} with a synonym for each word that the rewrite adds,
   * at its weight. It holds for the whole query alone, as it was judged. Its rules add to a query,
   * so they cannot say a replacement.
   */
  QUERQY {
    @Override
    Optional<List<String>> rule(RewriteWin win) {
      List<String> query = words(win.query());
      Set<String> added = new LinkedHashSet<>(words(win.rewrite()));
      query.forEach(added::remove);
      boolean said =
          win.combination() == Combination.UNION
              && !added.isEmpty()
              && query.stream().allMatch(RuleFormat::plain)
              && added.stream().allMatch(RuleFormat::plain);
      if (!said) {
        return Optional.empty();
      }
      List<String> lines = new ArrayList<>();
      lines.add('"' + String.join(" ", query) + "\" =>");
      added.forEach(word -> lines.add("  SYNONYM(" + win.weight() + "): " + word));
      return Optional.of(lines);
    }
  };

  /** Words that no engine reads as an operator, a field or a wildcard. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}'&./-]*");

  private static final Pattern SPECIAL = Pattern.compile("[\\\\,=>#]");

  /** Lines of a rule; empty when the format has no way to say it. */
  abstract Optional<List<String>> rule(RewriteWin win);

  private static String escaped(String text) {
    return SPECIAL.matcher(text).replaceAll("\\\\$0");
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.split(" "));
  }

  private static boolean plain(String word) {
    return PLAIN.matcher(word).matches();
  }
}
