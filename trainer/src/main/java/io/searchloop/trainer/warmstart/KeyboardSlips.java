package io.searchloop.trainer.warmstart;

import java.util.ArrayList;
import java.util.List;

/**
 * Generic misspellings of a QWERTY keyboard: neighbouring keys, doubled and lost letters, swapped
 * vowels. What a noise channel knows before it has seen a real correction.
 */
final class KeyboardSlips {
  private static final List<String> ROWS = List.of("qwertyuiop", "asdfghjkl", "zxcvbnm");
  private static final String VOWELS = "aeiou";

  private KeyboardSlips() {}

  /** Every slip that starts from one character; all are about equally likely. */
  static List<SpellingEdit> of(char intended) {
    String letter = String.valueOf(intended);
    List<SpellingEdit> slips = new ArrayList<>();
    if (intended == ' ') {
      slips.add(new SpellingEdit(letter, ""));
      return slips;
    }
    neighbours(intended).forEach(near -> slips.add(new SpellingEdit(letter, near)));
    if (VOWELS.indexOf(intended) >= 0) {
      for (char vowel : VOWELS.toCharArray()) {
        if (vowel != intended) {
          slips.add(new SpellingEdit(letter, String.valueOf(vowel)));
        }
      }
    }
    if (Character.isLetter(intended)) {
      slips.add(new SpellingEdit(letter, ""));
      slips.add(new SpellingEdit(letter, letter + letter));
    }
    return slips;
  }

  private static List<String> neighbours(char key) {
    List<String> near = new ArrayList<>();
    for (int row = 0; row < ROWS.size(); row++) {
      int column = ROWS.get(row).indexOf(key);
      if (column < 0) {
        continue;
      }
      add(near, row, column - 1);
      add(near, row, column + 1);
      add(near, row - 1, column);
      add(near, row + 1, column);
    }
    return near;
  }

  private static void add(List<String> near, int row, int column) {
    if (row >= 0 && row < ROWS.size() && column >= 0 && column < ROWS.get(row).length()) {
      near.add(ROWS.get(row).substring(column, column + 1));
    }
  }
}
