package io.searchloop.app.relevance;

import java.util.Arrays;

/**
 * Analysed words of one text as numbers of a {@link CatalogueTerms}, in order and sorted. A value;
 * callers do not change the arrays.
 */
final class Words {
  private final int[] inOrder;
  private final int[] sorted;

  Words(int[] inOrder) {
    this.inOrder = inOrder;
    this.sorted = inOrder.clone();
    Arrays.sort(sorted);
  }

  int length() {
    return inOrder.length;
  }

  /** The word at a place. */
  int at(int place) {
    return inOrder[place];
  }

  /** How often a word occurs. */
  int count(int word) {
    int place = Arrays.binarySearch(sorted, word);
    if (place < 0) {
      return 0;
    }
    int first = place;
    while (first > 0 && sorted[first - 1] == word) {
      first--;
    }
    int end = place + 1;
    while (end < sorted.length && sorted[end] == word) {
      end++;
    }
    return end - first;
  }

  /** First place of a word; -1 where there is none. */
  int place(int word) {
    for (int place = 0; place < inOrder.length; place++) {
      if (inOrder[place] == word) {
        return place;
      }
    }
    return -1;
  }

  /** Whether two words stand side by side, in this order. */
  boolean adjacent(int first, int second) {
    for (int place = 1; place < inOrder.length; place++) {
      if (inOrder[place - 1] == first && inOrder[place] == second) {
        return true;
      }
    }
    return false;
  }

  /** Words in order, each once. */
  int[] distinct() {
    return Arrays.stream(inOrder).distinct().toArray();
  }
}
