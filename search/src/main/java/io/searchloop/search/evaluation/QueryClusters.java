package io.searchloop.search.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts queries that say nearly the same into one cluster, so that a split by clusters never trains
 * on one and tests on the other.
 *
 * <p>Two queries are near duplicates when they have the same stems in any order, or when their
 * words without blanks, in typed or in sorted order, are at most one edit apart (two from {@value
 * #LONG} characters on) and begin or end with the same {@value #BLOCK} characters. Their numbers
 * must agree: "2x4" and "2x6" are different wishes. Clusters are what near duplicates connect, each
 * named by its smallest text. They depend on the set of texts alone, not on its order.
 *
 * <p>Example: "fece posts", "fence posts" and "post fence" are one cluster, "fence post 6 ft" and
 * "fence post 8 ft" are two more. Cost: pairs within blocks, about a second for 10,000 queries.
 */
public final class QueryClusters {
  private static final int BLOCK = 4;
  private static final int SHORTEST = 5;
  private static final int LONG = 10;

  private final List<String> texts;
  private final int[] parents;

  private QueryClusters(Collection<String> texts) {
    this.texts = List.copyOf(new TreeSet<>(texts));
    this.parents = new int[this.texts.size()];
    Arrays.setAll(parents, i -> i);
  }

  /**
   * Clusters texts.
   *
   * @param texts queries in a normal form; repetitions count once
   * @return name of the cluster, by text
   */
  public static Map<String, String> of(Collection<String> texts) {
    QueryClusters clusters = new QueryClusters(texts);
    clusters.join();
    return clusters.names();
  }

  private void join() {
    QueryStems stems = new QueryStems();
    Map<String, Integer> firstWithStems = new HashMap<>();
    Map<String, List<Spelling>> blocks = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      String signature = String.join(" ", new TreeSet<>(stems.of(texts.get(i))));
      Integer first = firstWithStems.putIfAbsent(signature, i);
      if (first != null) {
        join(first, i);
      }
      List<String> typed = List.of(texts.get(i).split("[^\\p{L}\\p{N}]+"));
      List<String> sorted = typed.stream().sorted().toList();
      String numbers = String.join(" ", sorted).replaceAll("[^0-9]+", " ");
      Set<String> spellings =
          new LinkedHashSet<>(List.of(String.join("", typed), String.join("", sorted)));
      for (String text : spellings) {
        if (text.length() >= SHORTEST) {
          Spelling spelling = new Spelling(i, text, numbers);
          String end = text.substring(text.length() - BLOCK);
          blocks
              .computeIfAbsent("^" + text.substring(0, BLOCK), b -> new ArrayList<>())
              .add(spelling);
          blocks.computeIfAbsent(end + "$", b -> new ArrayList<>()).add(spelling);
        }
      }
    }
    blocks.values().forEach(this::joinNear);
  }

  private void joinNear(List<Spelling> block) {
    for (int i = 0; i < block.size(); i++) {
      for (int j = i + 1; j < block.size(); j++) {
        if (block.get(i).isNear(block.get(j))) {
          join(block.get(i).query(), block.get(j).query());
        }
      }
    }
  }

  /** The smaller index becomes the root, hence the smallest text the name. */
  private void join(int a, int b) {
    int left = root(a);
    int right = root(b);
    parents[Math.max(left, right)] = Math.min(left, right);
  }

  private int root(int query) {
    int root = query;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  private Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      names.put(texts.get(i), texts.get(root(i)));
    }
    return names;
  }

  /** One way to write a query as a single word. */
  private record Spelling(int query, String text, String numbers) {
    boolean isNear(Spelling other) {
      int edits = Math.min(text.length(), other.text.length()) >= LONG ? 2 : 1;
      return query != other.query
          && numbers.equals(other.numbers)
          && EditDistance.within(text, other.text, edits);
    }
  }
}
