package io.searchloop.trainer.network;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Prompts and responses as rows of tokens, with the places where a response token is predicted.
 *
 * <p>Prompts that are equal are computed once, see {@link TokenRows}. Only real response tokens are
 * scored: the head, the widest matrix product, runs on {@code N} rows instead of {@code B * T}.
 * Example: prompt (5, 6), response (7, 8) feeds (5, 6, 7); 7 is predicted at place 1 and 8 at place
 * 2.
 *
 * <p>Tensors belong to the scope they were made in. B sequences, R longest response, N response
 * tokens in all.
 *
 * @param rows what the network reads
 * @param mask {@code (B, R)} bool, true where a response has a token
 * @param predictors {@code (N)} int64, places in the flattened rows that predict
 * @param responsePositions {@code (N)} int64, place of the predicted token within its response
 * @param targets {@code (N)} int64, the predicted tokens
 * @param responses the responses, in order
 * @param longest tokens of the longest prompt with its response
 */
public record SequenceBatch(
    TokenRows rows,
    Tensor mask,
    Tensor predictors,
    Tensor responsePositions,
    Tensor targets,
    List<int[]> responses,
    int longest) {

  public SequenceBatch {
    responses = List.copyOf(responses);
  }

  /**
   * Packs prompt i and response i.
   *
   * @throws IllegalArgumentException if the lists differ in length or a member is empty
   */
  public static SequenceBatch of(List<int[]> prompts, List<int[]> responses) {
    requirePairs(prompts, responses);
    int longest = 0;
    int longestResponse = 0;
    int scored = 0;
    for (int row = 0; row < responses.size(); row++) {
      int length = responses.get(row).length;
      longest = Math.max(longest, prompts.get(row).length + length);
      longestResponse = Math.max(longestResponse, length);
      scored += length;
    }
    RowPacker packer = new RowPacker(prompts, responses);
    boolean[] mask = new boolean[responses.size() * longestResponse];
    long[] predictors = new long[scored];
    long[] positions = new long[scored];
    long[] targets = new long[scored];
    int next = 0;
    for (int row = 0; row < responses.size(); row++) {
      int[] response = responses.get(row);
      for (int position = 0; position < response.length; position++, next++) {
        mask[row * longestResponse + position] = true;
        predictors[next] = packer.predictor(row, position);
        positions[next] = position;
        targets[next] = response[position];
      }
    }
    return new SequenceBatch(
        packer.rows(),
        Tensor.create(mask, responses.size(), longestResponse),
        Tensors.ofLongs(predictors, scored),
        Tensors.ofLongs(positions, scored),
        Tensors.ofLongs(targets, scored),
        responses,
        longest);
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
