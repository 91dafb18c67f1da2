package io.searchloop.app.study;

/**
 * ROUGE-L (Lin, ACL workshop 2004): F1 of the longest common subsequence of words. Unlike overlap
 * it minds the order.
 *
 * <p>Example: "garden hose reel" for "garden reel": two words in common, 2 * 2 / (3 + 2) = .8.
 */
final class RougeL {
  private RougeL() {}

  /** Between 0 and 1; 1 for equal texts, empty ones included. */
  static double f1(String answer, String reference) {
    String[] said = words(answer);
    String[] meant = words(reference);
    if (said.length + meant.length == 0) {
      return 1;
    }
    return 2.0 * common(said, meant) / (said.length + meant.length);
  }

  private static String[] words(String text) {
    return text.isBlank() ? new String[0] : text.strip().split(" +");
  }

  private static int common(String[] a, String[] b) {
    int[][] longest = new int[a.length + 1][b.length + 1];
    for (int i = 1; i <= a.length; i++) {
      for (int j = 1; j <= b.length; j++) {
        longest[i][j] =
            a[i - 1].equals(b[j - 1])
                ? longest[i - 1][j - 1] + 1
                : Math.max(longest[i - 1][j], longest[i][j - 1]);
      }
    }
    return longest[a.length][b.length];
  }
}
