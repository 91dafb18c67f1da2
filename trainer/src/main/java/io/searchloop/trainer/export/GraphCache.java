package io.searchloop.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.HashMap;
import java.util.Map;

/** Keys and values of equally long sequences, in the form that a graph reads and writes. */
interface GraphCache {
  /** Forgets all tokens. */
  void clear();

  /**
   * Everything a graph reads besides the tokens.
   *
   * @param time new tokens of a sequence
   */
  Inputs inputs(int time) throws OrtException;

  /** Takes over what the graph computed for new tokens. */
  void append(OrtSession.Result result, int time);

  /** Tensors by input name, closed together. */
  final class Inputs implements AutoCloseable {
    private final Map<String, OnnxTensor> owned = new HashMap<>();

    Inputs add(String name, OnnxTensor tensor) {
      owned.put(name, tensor);
      return this;
    }

    /** All of them. */
    Map<String, OnnxTensor> all() {
      return Map.copyOf(owned);
    }

    /** These and one more, which its caller closes. */
    Map<String, OnnxTensor> with(String name, OnnxTensor tensor) {
      Map<String, OnnxTensor> all = new HashMap<>(owned);
      all.put(name, tensor);
      return all;
    }

    @Override
    public void close() {
      owned.values().forEach(OnnxTensor::close);
    }
  }
}
