package io.searchloop.search.opensearch;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A field of somebody else's index.
 *
 * @param name its path, such as {@code title} or {@code title.en}
 * @param boost factor on its BM25 score
 */
public record SearchedField(String name, double boost) {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_@][\\p{L}\\p{N}_@.-]*");
  private static final double TOO_MUCH = 1e6;

  /** Refuses what is no field. */
  public SearchedField {
    if (!NAME.matcher(name).matches() || !(boost > 0 && boost < TOO_MUCH)) {
      throw new IllegalArgumentException(
          "Field '%s' with boost %s, expected a name and a boost above 0, below a million, such as title^3."
              .formatted(name, boost));
    }
  }

  /**
   * Fields of a list such as {@code title^3,description}.
   *
   * @throws IllegalArgumentException naming the field that is none
   */
  public static List<SearchedField> list(String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).map(SearchedField::of).toList();
  }

  private static SearchedField of(String text) {
    int caret = text.indexOf('^');
    if (caret < 0) {
      return new SearchedField(text, 1);
    }
    try {
      return new SearchedField(
          text.substring(0, caret), Double.parseDouble(text.substring(caret + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Field '%s', expected a number behind ^, such as title^3.".formatted(text), e);
    }
  }

  /** As queries write it. */
  String text() {
    return boost == 1 ? name : name + '^' + boost;
  }
}
