package io.searchloop.app.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Misspells phrases the way people do: a neighbouring key, two letters swapped, a lost or a
 * superfluous space.
 */
final class Typos {
  private static final String[] KEY_ROWS = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
  private static final int SHORTEST_WORD = 5;
  private static final double SUBSTITUTIONS = .5;
  private static final double TRANSPOSITIONS = .75;
  private static final double JOINS = .88;

  private Typos() {}

  /** One typo in the phrase; the phrase itself when no word is long enough to bear one. */
  static String misspell(String phrase, RandomGenerator random) {
    List<String> words = new ArrayList<>(Arrays.asList(phrase.split(" ")));
    List<Integer> candidates = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).length() >= SHORTEST_WORD) {
        candidates.add(i);
      }
    }
    if (candidates.isEmpty()) {
      return phrase;
    }
    double kind = random.nextDouble();
    if (kind >= TRANSPOSITIONS && kind < JOINS && words.size() > 1) {
      int left = random.nextInt(words.size() - 1);
      words.set(left, words.get(left) + words.remove(left + 1));
    } else {
      int index = Draw.one(candidates, random);
      words.set(index, misspellWord(words.get(index), kind, random));
    }
    return String.join(" ", words);
  }

  /** The first letter stays: people rarely miss it. */
  private static String misspellWord(String word, double kind, RandomGenerator random) {
    int at = 1 + random.nextInt(word.length() - 2);
    if (kind < SUBSTITUTIONS) {
      return word.substring(0, at) + neighbour(word.charAt(at), random) + word.substring(at + 1);
    } else if (kind < JOINS) {
      return word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
    }
    int split = 2 + random.nextInt(word.length() - 3);
    return word.substring(0, split) + " " + word.substring(split);
  }

  private static char neighbour(char key, RandomGenerator random) {
    for (String row : KEY_ROWS) {
      int place = row.indexOf(key);
      if (place >= 0) {
        int step = place == 0 ? 1 : place == row.length() - 1 || random.nextBoolean() ? -1 : 1;
        return row.charAt(place + step);
      }
    }
    return 'e';
  }
}
