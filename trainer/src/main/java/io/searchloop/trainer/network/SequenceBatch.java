package io.searchloop.trainer.network;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Prompts and responses as one rectangle of tokens, with the places where a response token is
 * predicted.
 *
 * <p>Rows are padded on the right, which causal attention never looks at, so no attention mask is
 * needed. Only real response tokens are scored: the head, the widest matrix product, runs on {@code
 * N} rows instead of {@code B * T}. Example: prompt (5, 6), response (7, 8) gives tokens (5, 6, 7,
 * 8); 7 is predicted at position 1 and 8 at position 2.
 *
 * <p>Tensors belong to the scope they were made in. B sequences, T longest sequence, R longest
 * response, N response tokens in all.
 *
 * @param tokens {@code (B, T)} int64, padded with zero
 * @param mask {@code (B, R)} bool, true where a response has a token
 * @param predictors {@code (N)} int64, rows of the flattened {@code (B * T)} positions that predict
 * @param responsePositions {@code (N)} int64, place of the predicted token within its response
 * @param targets {@code (N)} int64, the predicted tokens
 * @param responses the responses, in order
 */
public record SequenceBatch(
    Tensor tokens,
    Tensor mask,
    Tensor predictors,
    Tensor responsePositions,
    Tensor targets,
    List<int[]> responses) {

  public SequenceBatch {
    responses = List.copyOf(responses);
  }

  /**
   * Packs prompt i and response i into row i.
   *
   * @throws IllegalArgumentException if the lists differ in length or a member is empty
   */
  public static SequenceBatch of(List<int[]> prompts, List<int[]> responses) {
    requirePairs(prompts, responses);
    int rows = prompts.size();
    int longest = 0;
    int longestResponse = 0;
    int scored = 0;
    for (int row = 0; row < rows; row++) {
      longest = Math.max(longest, prompts.get(row).length + responses.get(row).length);
      longestResponse = Math.max(longestResponse, responses.get(row).length);
      scored += responses.get(row).length;
    }
    long[] tokens = new long[rows * longest];
    boolean[] mask = new boolean[rows * longestResponse];
    long[] predictors = new long[scored];
    long[] positions = new long[scored];
    long[] targets = new long[scored];
    int next = 0;
    for (int row = 0; row < rows; row++) {
      int start = row * longest;
      for (int token : prompts.get(row)) {
        tokens[start++] = token;
      }
      int[] response = responses.get(row);
      for (int position = 0; position < response.length; position++, next++) {
        tokens[start + position] = response[position];
        mask[row * longestResponse + position] = true;
        predictors[next] = (long) start + position - 1;
        positions[next] = position;
        targets[next] = response[position];
      }
    }
    return new SequenceBatch(
        Tensors.ofLongs(tokens, rows, longest),
        Tensor.create(mask, rows, longestResponse),
        Tensors.ofLongs(predictors, scored),
        Tensors.ofLongs(positions, scored),
        Tensors.ofLongs(targets, scored),
        responses);
  }

  /** The mask as float32, for losses. */
  public Tensor floatMask() {
    return mask.to(torch.ScalarType.Float);
  }

  private static void requirePairs(List<int[]> prompts, List<int[]> responses) {
    if (prompts.isEmpty() || prompts.size() != responses.size()) {
      throw new IllegalArgumentException(
          "sequence batch: found %d prompts and %d responses, expected equally many, at least one"
              .formatted(prompts.size(), responses.size()));
    }
    for (int row = 0; row < prompts.size(); row++) {
      if (prompts.get(row).length == 0 || responses.get(row).length == 0) {
        throw new IllegalArgumentException(
            "sequence batch row %d: found %d prompt and %d response tokens, expected at least one"
                    .formatted(row, prompts.get(row).length, responses.get(row).length)
                + " of each; drop empty rollouts before batching");
      }
    }
  }
}
