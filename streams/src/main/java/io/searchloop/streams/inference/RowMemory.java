package io.searchloop.streams.inference;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Off-heap memory of rows that decode together, reused from batch to batch and from policy to
 * policy. A slab holds the keys or values of one layer, (rows, heads, capacity, size): a row's are
 * in one piece, so that rows come and go by copies. Grows, never shrinks.
 *
 * <p>Confined to whoever borrowed it.
 */
final class RowMemory {
  private final CacheShape shape;
  private final FloatBuffer[] past;
  private final FloatBuffer[] fresh;
  private final PromptPass prompts;
  private FloatBuffer logits = Direct.floats(0);
  private LongBuffer tokens = Direct.longs(0);
  private LongBuffer lengths = Direct.longs(0);
  private LongBuffer scored = Direct.longs(0);
  private int rows;

  RowMemory(CacheShape shape) {
    this.shape = shape;
    this.past = new FloatBuffer[shape.slabs()];
    this.fresh = new FloatBuffer[shape.slabs()];
    this.prompts = new PromptPass(shape);
    Arrays.setAll(past, i -> Direct.floats(0));
    Arrays.setAll(fresh, i -> Direct.floats(0));
  }

  CacheShape shape() {
    return shape;
  }

  /** For sequences from their beginning. */
  PromptPass prompts() {
    return prompts;
  }

  /**
   * Makes room, keeping what is there.
   *
   * @return whether the buffers moved, so that tensors over them are void
   */
  boolean ensureRows(int wanted) {
    if (wanted <= rows) {
      return false;
    }
    int more = Math.max(wanted, 2 * rows);
    for (int i = 0; i < shape.slabs(); i++) {
      FloatBuffer larger = Direct.floats(more * shape.row());
      larger.put(0, past[i], 0, rows * shape.row());
      past[i] = larger;
      fresh[i] = Direct.floats(more * shape.heads() * shape.size());
    }
    logits = Direct.floats(more * shape.vocabulary());
    tokens = Direct.longs(more);
    lengths = Direct.longs(more);
    scored = Direct.longs(more);
    for (int i = 0; i < more; i++) {
      scored.put(i, i); // one new token a row, and all of them are scored
    }
    rows = more;
    return true;
  }

  /** Copies the keys and values of a prompt that {@link #prompts} ran into a row. */
  void copyPrompt(int prompt, int length, int row) {
    for (int i = 0; i < shape.slabs(); i++) {
      for (int head = 0; head < shape.heads(); head++) {
        int from = (prompt * shape.heads() + head) * prompts.time() * shape.size();
        past[i].put(place(row, head, 0), prompts.fresh(i), from, length * shape.size());
      }
    }
  }

  /** Puts the new key and value of a row behind what it has cached. */
  void append(int row, int length) {
    for (int i = 0; i < shape.slabs(); i++) {
      for (int head = 0; head < shape.heads(); head++) {
        int from = (row * shape.heads() + head) * shape.size();
        past[i].put(place(row, head, length), fresh[i], from, shape.size());
      }
    }
  }

  /** Copies a row over another. */
  void move(int from, int to) {
    for (FloatBuffer slab : past) {
      slab.put(to * shape.row(), slab, from * shape.row(), shape.row());
    }
  }

  /** Forgets a row. */
  void erase(int row) {
    float[] zeros = new float[shape.row()];
    for (FloatBuffer slab : past) {
      slab.put(row * shape.row(), zeros);
    }
  }

  /** Forgets all rows. */
  void erase() {
    for (int row = 0; row < rows; row++) {
      erase(row);
    }
  }

  FloatBuffer past(int slab, int batch) {
    return past[slab].slice(0, batch * shape.row());
  }

  FloatBuffer fresh(int slab, int batch) {
    return fresh[slab].slice(0, batch * shape.heads() * shape.size());
  }

  FloatBuffer logits(int batch) {
    return logits.slice(0, batch * shape.vocabulary());
  }

  LongBuffer tokens(int batch) {
    return tokens.slice(0, batch);
  }

  LongBuffer lengths(int batch) {
    return lengths.slice(0, batch);
  }

  LongBuffer scored(int batch) {
    return scored.slice(0, batch);
  }

  private int place(int row, int head, int token) {
    return ((row * shape.heads() + head) * shape.capacity() + token) * shape.size();
  }
}
