package io.searchloop.search.evaluation;

/** How many characters must be inserted, deleted or replaced (Levenshtein, 1966). */
final class EditDistance {
  private EditDistance() {}

  /**
   * Whether two texts are at most so many edits apart. Recurses on the first difference, which for
   * one or two edits is faster than a table: most pairs fail on their length or early.
   *
   * @param most edits allowed, small
   */
  static boolean within(String a, String b, int most) {
    return Math.abs(a.length() - b.length()) <= most && within(a, 0, b, 0, most);
  }

  private static boolean within(String a, int i, String b, int j, int most) {
    int atA = i;
    int atB = j;
    while (atA < a.length() && atB < b.length() && a.charAt(atA) == b.charAt(atB)) {
      atA++;
      atB++;
    }
    int restA = a.length() - atA;
    int restB = b.length() - atB;
    if (restA == 0 || restB == 0) {
      return restA + restB <= most;
    }
    return most > 0
        && (within(a, atA + 1, b, atB + 1, most - 1)
            || within(a, atA + 1, b, atB, most - 1)
            || within(a, atA, b, atB + 1, most - 1));
  }
}
