package io.searchloop.trainer.warmstart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One slip of the keyboard: {@code written} stands where {@code intended} should. A space is a
 * character like any other, so a join is the deletion of a space and a split its insertion.
 *
 * @param intended one character, or two that were swapped
 * @param written what was typed instead; empty for a deletion, two characters for an insertion
 */
record SpellingEdit(String intended, String written) {

  /**
   * The edits of an optimal alignment (Damerau, CACM 1964: substitution, insertion, deletion, swap
   * of neighbours), in text order. An insertion is tied to the character before it, at the start to
   * the one after it. An empty intended text has no edits to tie to.
   */
  static List<SpellingEdit> between(String intended, String written) {
    if (intended.isEmpty()) {
      return List.of();
    }
    int[][] distance = distances(intended, written);
    List<SpellingEdit> edits = new ArrayList<>();
    int i = intended.length();
    int j = written.length();
    while (i > 0 || j > 0) {
      if (swapped(intended, written, i, j) && distance[i][j] == distance[i - 2][j - 2] + 1) {
        edits.add(edit(intended, i - 2, i, written.substring(j - 2, j)));
        i -= 2;
        j -= 2;
      } else if (i > 0
          && j > 0
          && distance[i][j] == distance[i - 1][j - 1] + cost(intended, written, i, j)) {
        if (cost(intended, written, i, j) > 0) {
          edits.add(edit(intended, i - 1, i, written.substring(j - 1, j)));
        }
        i--;
        j--;
      } else if (i > 0 && distance[i][j] == distance[i - 1][j] + 1) {
        edits.add(edit(intended, i - 1, i, ""));
        i--;
      } else {
        edits.add(insertion(intended, i, written.charAt(j - 1)));
        j--;
      }
    }
    Collections.reverse(edits);
    return edits;
  }

  private static SpellingEdit edit(String intended, int from, int to, String written) {
    return new SpellingEdit(intended.substring(from, to), written);
  }

  private static SpellingEdit insertion(String intended, int position, char inserted) {
    if (position == 0) {
      String next = intended.substring(0, 1);
      return new SpellingEdit(next, inserted + next);
    }
    String previous = intended.substring(position - 1, position);
    return new SpellingEdit(previous, previous + inserted);
  }

  private static int[][] distances(String intended, String written) {
    int[][] distance = new int[intended.length() + 1][written.length() + 1];
    for (int i = 0; i <= intended.length(); i++) {
      for (int j = 0; j <= written.length(); j++) {
        distance[i][j] = i == 0 || j == 0 ? i + j : least(distance, intended, written, i, j);
      }
    }
    return distance;
  }

  private static int least(int[][] distance, String intended, String written, int i, int j) {
    int best = distance[i - 1][j - 1] + cost(intended, written, i, j);
    best = Math.min(best, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
    return swapped(intended, written, i, j) ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
  }

  private static int cost(String intended, String written, int i, int j) {
    return intended.charAt(i - 1) == written.charAt(j - 1) ? 0 : 1;
  }

  private static boolean swapped(String intended, String written, int i, int j) {
    return i > 1
        && j > 1
        && intended.charAt(i - 1) == written.charAt(j - 2)
        && intended.charAt(i - 2) == written.charAt(j - 1)
        && intended.charAt(i - 1) != intended.charAt(i - 2);
  }
}
