package io.searchloop.trainer.network;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays prompts and responses into rows so that little is computed twice or in vain: equal prompts
 * once, several trees in a row, the longest first into the first row with room. A response's last
 * token predicts nothing and is left out.
 *
 * <p>Example: prompt (5, 6) with responses (7, 3) and (8, 9, 3) is the tree 5 6 | 7 | 8 9, five
 * tokens instead of the nine of two sequences.
 *
 * <p>Rows stay near {@link #ROW_TOKENS}, because attention looks at all pairs of a row and masks
 * those that do not belong together. Confined to one thread.
 */
final class RowPacker {
  /** Length of a row unless one prompt with one response is longer. */
  static final int ROW_TOKENS = 64;

  private final List<int[]> prompts;
  private final List<int[]> responses;
  private final List<Tree> trees = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /** Place of each response's first fed token in the flat rows. */
  private final int[] starts;

  /** Place of its prompt's last token. */
  private final int[] promptEnds;

  RowPacker(List<int[]> prompts, List<int[]> responses) {
    this.prompts = prompts;
    this.responses = responses;
    this.starts = new int[responses.size()];
    this.promptEnds = new int[responses.size()];
    growTrees();
    fillRows();
    placeResponses();
  }

  /** Place in the flat rows whose features predict a token of a response. */
  int predictor(int response, int position) {
    return position == 0 ? promptEnds[response] : starts[response] + position - 1;
  }

  /** Tokens that are fed, padding not counted. */
  int tokens() {
    return trees.stream().mapToInt(tree -> tree.size).sum();
  }

  /** Tokens of all rows, padding included. */
  int places() {
    return rows.size() * length();
  }

  /** The rows as tensors of the caller's scope. */
  TokenRows rows() {
    int size = places();
    long[] tokens = new long[size];
    long[] positions = new long[size];
    long[] treeOf = new long[size];
    long[] branches = new long[size];
    for (int tree = 0; tree < trees.size(); tree++) {
      Tree next = trees.get(tree);
      int promptEnd = promptEnds[next.members.get(0)];
      for (int i = 0; i < next.prompt.length; i++) {
        int at = promptEnd - next.prompt.length + 1 + i;
        tokens[at] = next.prompt[i];
        positions[at] = i;
        treeOf[at] = tree + 1L;
      }
      for (int branch = 0; branch < next.members.size(); branch++) {
        int[] response = responses.get(next.members.get(branch));
        for (int i = 0; i < response.length - 1; i++) {
          int at = starts[next.members.get(branch)] + i;
          tokens[at] = response[i];
          positions[at] = (long) next.prompt.length + i;
          treeOf[at] = tree + 1L;
          branches[at] = branch + 1L;
        }
      }
    }
    long[] shape = {rows.size(), length()};
    return new TokenRows(
        Tensors.ofLongs(tokens, shape),
        Optional.of(
            new TokenRows.Layout(
                Tensors.ofLongs(positions, shape),
                Tensors.ofLongs(treeOf, shape),
                Tensors.ofLongs(branches, shape))));
  }

  private int length() {
    return rows.stream().mapToInt(row -> row.size).max().orElseThrow();
  }

  private void growTrees() {
    Map<IntBuffer, Tree> growing = new LinkedHashMap<>();
    for (int member = 0; member < prompts.size(); member++) {
      IntBuffer key = IntBuffer.wrap(prompts.get(member));
      int fed = responses.get(member).length - 1;
      Tree tree = growing.get(key);
      if (tree == null || tree.size + fed > ROW_TOKENS) {
        tree = new Tree(prompts.get(member));
        growing.put(key, tree);
        trees.add(tree);
      }
      tree.members.add(member);
      tree.size += fed;
    }
  }

  private void fillRows() {
    List<Tree> longestFirst = new ArrayList<>(trees);
    longestFirst.sort(Comparator.comparingInt((Tree tree) -> tree.size).reversed());
    int length = Math.max(ROW_TOKENS, longestFirst.get(0).size);
    for (Tree tree : longestFirst) {
      Row row =
          rows.stream().filter(r -> r.size + tree.size <= length).findFirst().orElseGet(this::row);
      row.trees.add(tree);
      row.size += tree.size;
    }
  }

  private void placeResponses() {
    int length = length();
    for (int row = 0; row < rows.size(); row++) {
      int at = row * length;
      for (Tree tree : rows.get(row).trees) {
        at += tree.prompt.length;
        int promptEnd = at - 1;
        for (int member : tree.members) {
          promptEnds[member] = promptEnd;
          starts[member] = at;
          at += responses.get(member).length - 1;
        }
      }
    }
  }

  private Row row() {
    Row row = new Row();
    rows.add(row);
    return row;
  }

  private static final class Tree {
    private final int[] prompt;
    private final List<Integer> members = new ArrayList<>();
    private int size;

    Tree(int[] prompt) {
      this.prompt = prompt;
      this.size = prompt.length;
    }
  }

  private static final class Row {
    private final List<Tree> trees = new ArrayList<>();
    private int size;
  }
}
