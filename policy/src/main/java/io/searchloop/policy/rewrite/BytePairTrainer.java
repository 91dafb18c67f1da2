package io.searchloop.policy.rewrite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Learns a byte-level BPE vocabulary: merges the most frequent adjacent pair until the vocabulary
 * is full (Sennrich et al., arXiv 1508.07909). Ties go to the smaller pair, so that equal texts
 * give equal vocabularies.
 */
public final class BytePairTrainer {
  private static final int BYTES = 256;

  private final List<Word> words = new ArrayList<>();
  private final Map<Long, Integer> pairCounts = new HashMap<>();
  private final Map<Long, Set<Word>> wordsOfPair = new HashMap<>();
  private final List<byte[]> pieces = new ArrayList<>();

  private BytePairTrainer(Iterable<String> texts) {
    for (int value = 0; value < BYTES; value++) {
      pieces.add(new byte[] {(byte) value});
    }
    countWords(texts).forEach((text, count) -> words.add(new Word(text, count)));
    words.forEach(word -> count(word, +1));
  }

  /**
   * Learns a tokenizer from texts.
   *
   * @param texts what the tokenizer should compress; normalised here
   * @param vocabularySize size including special tokens and the 256 bytes; fewer pieces are learned
   *     when no pair repeats
   */
  public static Tokenizer train(Iterable<String> texts, int vocabularySize) {
    int merges = vocabularySize - Tokenizer.SPECIAL_TOKENS - BYTES;
    if (merges < 0) {
      throw new IllegalArgumentException(
          "Vocabulary of "
              + vocabularySize
              + " tokens, expected at least "
              + (Tokenizer.SPECIAL_TOKENS + BYTES)
              + ": the special tokens and one for each byte.");
    }
    BytePairTrainer trainer = new BytePairTrainer(texts);
    for (int i = 0; i < merges && trainer.mergeMostFrequentPair(); i++) {}
    return new Tokenizer(trainer.pieces);
  }

  private static Map<String, Integer> countWords(Iterable<String> texts) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String text : texts) {
      for (String word : QueryText.normalise(text).split(" ")) {
        if (!word.isEmpty()) {
          counts.merge(" " + word, 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  private boolean mergeMostFrequentPair() {
    Comparator<Map.Entry<Long, Integer>> byCount = Map.Entry.comparingByValue();
    Map.Entry<Long, Integer> best =
        pairCounts.entrySet().stream()
            .max(byCount.thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
            .orElse(null);
    if (best == null || best.getValue() < 2) {
      return false;
    }
    long pair = best.getKey();
    int merged = pieces.size();
    pieces.add(concatenate(pieces.get(left(pair)), pieces.get(right(pair))));
    for (Word word : List.copyOf(wordsOfPair.getOrDefault(pair, Set.of()))) {
      count(word, -1);
      word.merge(left(pair), right(pair), merged);
      count(word, +1);
    }
    return true;
  }

  private void count(Word word, int sign) {
    for (int i = 0; i + 1 < word.length; i++) {
      long pair = pair(word.symbols[i], word.symbols[i + 1]);
      if (pairCounts.merge(pair, sign * word.count, Integer::sum) == 0) {
        pairCounts.remove(pair);
      }
      Set<Word> holders = wordsOfPair.computeIfAbsent(pair, p -> new HashSet<>());
      if (sign > 0) {
        holders.add(word);
      } else {
        holders.remove(word);
      }
    }
  }

  private static long pair(int left, int right) {
    return ((long) left << Integer.SIZE) | right;
  }

  private static int left(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  private static int right(long pair) {
    return (int) pair;
  }

  private static byte[] concatenate(byte[] a, byte[] b) {
    byte[] joined = new byte[a.length + b.length];
    System.arraycopy(a, 0, joined, 0, a.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }

  /** A distinct word as its current symbols. Identity is the object: texts are distinct. */
  private static final class Word {
    final int count;
    int[] symbols;
    int length;

    Word(String text, int count) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      this.count = count;
      this.length = bytes.length;
      this.symbols = new int[length];
      for (int i = 0; i < length; i++) {
        symbols[i] = Byte.toUnsignedInt(bytes[i]);
      }
    }

    void merge(int left, int right, int merged) {
      int kept = 0;
      for (int i = 0; i < length; i++) {
        boolean found = i + 1 < length && symbols[i] == left && symbols[i + 1] == right;
        symbols[kept++] = found ? merged : symbols[i];
        i += found ? 1 : 0;
      }
      length = kept;
    }
  }
}
