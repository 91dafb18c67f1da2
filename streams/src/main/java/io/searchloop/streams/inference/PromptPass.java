package io.searchloop.streams.inference;

import ai.onnxruntime.OnnxTensor;
import io.searchloop.policy.rewrite.Tokenizer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Whole sequences through a ragged graph at once, from nothing cached: prompts of new requests, or
 * a sequence to be scored. Shorter ones are padded at their end, which no token before it sees.
 *
 * <p>Memory is reused from run to run; confined to whoever borrowed it.
 */
final class PromptPass {
  private static final int NOTHING_CACHED = 1; // slots, all of them hidden: a graph wants one

  private final CacheShape shape;
  private final FloatBuffer[] fresh;
  private FloatBuffer vacant = Direct.floats(0);
  private FloatBuffer logits = Direct.floats(0);
  private LongBuffer tokens = Direct.longs(0);
  private LongBuffer lengths = Direct.longs(0);
  private LongBuffer scored = Direct.longs(0);
  private int time;

  PromptPass(CacheShape shape) {
    this.shape = shape;
    this.fresh = new FloatBuffer[shape.slabs()];
    Arrays.setAll(fresh, i -> Direct.floats(0));
  }

  /** Runs prompts; {@link #logits} are those after the last token of each. */
  void run(OnnxPolicy policy, List<int[]> prompts) {
    fill(prompts);
    scored = Direct.ensured(scored, prompts.size());
    for (int row = 0; row < prompts.size(); row++) {
      scored.put(row, (long) row * time + prompts.get(row).length - 1);
    }
    run(policy, prompts.size(), prompts.size());
  }

  /** Runs one sequence; {@link #logits} are those after each token from {@code first} on. */
  void run(OnnxPolicy policy, int[] sequence, int first) {
    fill(List.of(sequence));
    scored = Direct.ensured(scored, sequence.length);
    for (int position = first; position < sequence.length; position++) {
      scored.put(position - first, position);
    }
    run(policy, 1, sequence.length - first);
  }

  /** What {@link #run} of one prompt binds and runs; to run it often, until the next run here. */
  BoundTensors bind(OnnxPolicy policy, int[] prompt) {
    fill(List.of(prompt));
    scored = Direct.ensured(scored, 1);
    scored.put(0, prompt.length - 1);
    return bind(policy, 1, 1);
  }

  /** Logits (rows, vocabulary); valid until the next run. */
  FloatBuffer logits() {
    return logits;
  }

  /** New keys or values (batch, heads, time, size); valid until the next run. */
  FloatBuffer fresh(int slab) {
    return fresh[slab];
  }

  /** Tokens of the longest sequence, to which the others were padded. */
  int time() {
    return time;
  }

  private void fill(List<int[]> sequences) {
    time = sequences.stream().mapToInt(sequence -> sequence.length).max().orElseThrow();
    tokens = Direct.ensured(tokens, sequences.size() * time);
    for (int row = 0; row < sequences.size(); row++) {
      int[] sequence = sequences.get(row);
      for (int i = 0; i < time; i++) {
        tokens.put(row * time + i, i < sequence.length ? sequence[i] : Tokenizer.PAD);
      }
    }
  }

  private void run(OnnxPolicy policy, int batch, int rows) {
    try (BoundTensors tensors = bind(policy, batch, rows)) {
      tensors.run(policy, "prompts of %d x %d tokens".formatted(batch, time));
    }
  }

  private BoundTensors bind(OnnxPolicy policy, int batch, int rows) {
    int cached = batch * shape.heads() * NOTHING_CACHED * shape.size();
    int added = batch * shape.heads() * time * shape.size();
    lengths = Direct.ensured(lengths, batch);
    vacant = Direct.ensured(vacant, cached);
    logits = Direct.ensured(logits, rows * shape.vocabulary());
    BoundTensors tensors = new BoundTensors();
    OnnxTensor past =
        policy.tensor(vacant.slice(0, cached), batch, shape.heads(), NOTHING_CACHED, shape.size());
    for (int i = 0; i < shape.slabs(); i++) {
      fresh[i] = Direct.ensured(fresh[i], added);
      tensors.input(GraphContract.past(i), past);
      tensors.output(
          GraphContract.fresh(i),
          policy.tensor(fresh[i].slice(0, added), batch, shape.heads(), time, shape.size()));
    }
    tensors.input(GraphContract.TOKENS, policy.tensor(tokenRows(batch), batch, time));
    tensors.input(GraphContract.LENGTHS, policy.tensor(lengths.slice(0, batch), batch));
    tensors.input(GraphContract.SCORED, policy.tensor(scored.slice(0, rows), rows));
    tensors.output(
        GraphContract.LOGITS,
        policy.tensor(logits.slice(0, rows * shape.vocabulary()), rows, shape.vocabulary()));
    return tensors;
  }

  private LongBuffer tokenRows(int batch) {
    return tokens.slice(0, batch * time);
  }
}
