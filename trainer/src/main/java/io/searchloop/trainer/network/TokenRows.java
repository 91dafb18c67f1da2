package io.searchloop.trainer.network;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Rows of tokens as the network reads them: which token, at which position, seeing which others.
 *
 * <p>A row holds one text, or several trees beside each other. A tree is a prompt and the responses
 * that share it: every response sees the prompt and itself, never another response, and counts its
 * positions from the prompt's end. So a prompt is computed once however many responses it has, and
 * short texts fill a row that padding would waste.
 *
 * <p>Tensors belong to the scope they were made in. B rows, T tokens of a row.
 *
 * @param tokens {@code (B, T)} int64
 * @param layout how trees lie in the rows; empty when each row is one text, read from its start
 */
record TokenRows(Tensor tokens, Optional<Layout> layout) {

  /**
   * Where trees lie; all {@code (B, T)} int64.
   *
   * @param positions position of each token within its prompt and response
   * @param trees tree of each token, from one; zero for padding
   * @param branches response of the token within its tree, from one; zero for the prompt
   */
  record Layout(Tensor positions, Tensor trees, Tensor branches) {

    /**
     * What each token may look at, {@code (B, 1, T, T)} bool: what stands before it in its tree, in
     * the prompt or in its own response. Padding sees padding, so that no softmax is empty.
     */
    Tensor visible() {
      Tensor sameTree = trees.unsqueeze(2).eq(trees.unsqueeze(1));
      Tensor sameBranch = branches.unsqueeze(2).eq(branches.unsqueeze(1));
      Tensor prompt = branches.unsqueeze(1).eq(torch.zeros_like(branches).unsqueeze(1));
      return sameTree.logical_and(sameBranch.logical_or(prompt)).tril().unsqueeze(1);
    }
  }

  /** One text a row, each token seeing those before it: {@code tokens (B, T)} int64. */
  static TokenRows causal(Tensor tokens) {
    return new TokenRows(tokens, Optional.empty());
  }
}
