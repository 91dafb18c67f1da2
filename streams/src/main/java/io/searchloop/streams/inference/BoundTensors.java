package io.searchloop.streams.inference;

import ai.onnxruntime.OnnxTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tensors by the names of a ragged graph's ends, over direct memory that stays where it is while
 * they live: made once, run often, closed together.
 */
final class BoundTensors implements AutoCloseable {
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final Map<String, OnnxTensor> outputs = new HashMap<>();
  private final List<OnnxTensor> owned = new ArrayList<>();

  /** For one more token of each of a number of rows. */
  static BoundTensors ofRows(OnnxPolicy policy, RowMemory memory, int batch) {
    CacheShape shape = memory.shape();
    BoundTensors tensors = new BoundTensors();
    tensors.input(GraphContract.TOKENS, policy.tensor(memory.tokens(batch), batch, 1));
    tensors.input(GraphContract.LENGTHS, policy.tensor(memory.lengths(batch), batch));
    tensors.input(GraphContract.SCORED, policy.tensor(memory.scored(batch), batch));
    tensors.output(
        GraphContract.LOGITS, policy.tensor(memory.logits(batch), batch, shape.vocabulary()));
    for (int i = 0; i < shape.slabs(); i++) {
      tensors.input(
          GraphContract.past(i),
          policy.tensor(
              memory.past(i, batch), batch, shape.heads(), shape.capacity(), shape.size()));
      tensors.output(
          GraphContract.fresh(i),
          policy.tensor(memory.fresh(i, batch), batch, shape.heads(), 1, shape.size()));
    }
    return tensors;
  }

  /** Binds an input; one tensor may be bound to several. */
  void input(String name, OnnxTensor tensor) {
    own(tensor);
    inputs.put(name, tensor);
  }

  void output(String name, OnnxTensor tensor) {
    own(tensor);
    outputs.put(name, tensor);
  }

  /**
   * Runs the graph.
   *
   * @param what the tokens it runs on, for messages
   */
  void run(OnnxPolicy policy, String what) {
    policy.run(inputs, outputs, what);
  }

  @Override
  public void close() {
    owned.forEach(OnnxTensor::close);
  }

  private void own(OnnxTensor tensor) {
    if (!owned.contains(tensor)) {
      owned.add(tensor);
    }
  }
}
