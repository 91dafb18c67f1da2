package io.searchloop.trainer.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Another network's weights with its tokens renumbered: embedding and output head have row {@code
 * rows[i]} of the original at row i. Tokens that no row names are dropped.
 *
 * <p>Example: rows (7, 3) make a vocabulary of two; token 0 is the original's 7, token 1 its 3.
 */
public final class VocabularyRows implements WeightSource {
  private final WeightSource original;
  private final long[] rows;

  /**
   * @param rows original token ids, each within the original's vocabulary; may repeat
   */
  public VocabularyRows(WeightSource original, int[] rows) {
    this.original = original;
    this.rows = Arrays.stream(rows).asLongStream().toArray();
  }

  @Override
  public Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>(original.shapes());
    shapes.replaceAll(
        (name, shape) -> isByToken(name) ? new long[] {rows.length, shape[1]} : shape);
    return shapes;
  }

  @Override
  public void copyInto(String name, Tensor target) {
    if (!isByToken(name)) {
      original.copyInto(name, target);
      return;
    }
    long[] shape = original.shapes().get(name);
    Tensor whole = torch.empty(shape);
    original.copyInto(name, whole);
    target.copy_(whole.index_select(0, Tensors.ofLongs(rows, rows.length)));
  }

  private static boolean isByToken(String name) {
    return name.equals(NetworkConfig.EMBEDDING) || name.equals(NetworkConfig.HEAD);
  }
}
