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
 * <p>How long rows are is tried out: longer ones pad less, but attention looks at all pairs of a
 * row and masks those that do not belong together. Confined to one thread.
 */
final class RowPacker {
  /** Longest row, unless one prompt with one response is longer. */
  private static final int MAX_ROW = 128;

  private static final int STRIDE = 8;

  /**
   * What a place costs more for each token of its row, as a share; measured between one and ten
   * million parameters. Only speed depends on it.
   */
  private static final double ATTENTION_COST = .002;

  private final List<int[]> prompts;
  private final List<int[]> responses;
  private final List<Tree> trees = new ArrayList<>();
  private final List<Row> rows;

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
    this.rows = cheapestRows();
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
    return rows.size() * length(rows);
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
    long[] shape = {rows.size(), length(rows)};
    return new TokenRows(
        Tensors.ofLongs(tokens, shape),
        Optional.of(
            new TokenRows.Layout(
                Tensors.ofLongs(positions, shape),
                Tensors.ofLongs(treeOf, shape),
                Tensors.ofLongs(branches, shape))));
  }

  private void growTrees() {
    Map<IntBuffer, Tree> growing = new LinkedHashMap<>();
    for (int member = 0; member < prompts.size(); member++) {
      IntBuffer key = IntBuffer.wrap(prompts.get(member));
      int fed = responses.get(member).length - 1;
      Tree tree = growing.get(key);
      if (tree == null || tree.size + fed > MAX_ROW) {
        tree = new Tree(prompts.get(member));
        growing.put(key, tree);
        trees.add(tree);
      }
      tree.members.add(member);
      tree.size += fed;
    }
  }

  private List<Row> cheapestRows() {
    trees.sort(Comparator.comparingInt((Tree tree) -> tree.size).reversed());
    int longest = trees.get(0).size;
    List<Row> best = rowsOf(longest);
    for (int length = longest + STRIDE; length <= MAX_ROW; length += STRIDE) {
      List<Row> candidate = rowsOf(length);
      if (cost(candidate) < cost(best)) {
        best = candidate;
      }
    }
    return best;
  }

  private List<Row> rowsOf(int length) {
    List<Row> filled = new ArrayList<>();
    for (Tree tree : trees) {
      Row row =
          filled.stream()
              .filter(open -> open.size + tree.size <= length)
              .findFirst()
              .orElseGet(() -> added(filled));
      row.trees.add(tree);
      row.size += tree.size;
    }
    return filled;
  }

  private static Row added(List<Row> rows) {
    Row row = new Row();
    rows.add(row);
    return row;
  }

  private static double cost(List<Row> rows) {
    int length = length(rows);
    return rows.size() * length * (1 + ATTENTION_COST * length);
  }

  private static int length(List<Row> rows) {
    return rows.stream().mapToInt(row -> row.size).max().orElseThrow();
  }

  private void placeResponses() {
    int length = length(rows);
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
