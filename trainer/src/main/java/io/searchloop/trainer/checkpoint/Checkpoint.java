package io.searchloop.trainer.checkpoint;

import io.searchloop.trainer.network.NetworkConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The trainer between two steps: with it a restarted trainer repeats no minibatch and loses none.
 *
 * <p>Tensors are borrowed: from the network and optimiser when saving, from the caller's {@code
 * PointerScope} when loaded.
 *
 * @param network shape of the network
 * @param step trainer steps so far; the first step is one
 * @param lineage offset of the rollback that began this lineage, or the initial one
 * @param parameters weights by Llama name
 * @param optimizer AdamW's state
 * @param randomState state of the trainer's {@link RandomState}
 * @param nextMinibatchOffset first minibatch that has not been trained on
 */
public record Checkpoint(
    NetworkConfig network,
    long step,
    long lineage,
    Map<String, Tensor> parameters,
    AdamState optimizer,
    long randomState,
    long nextMinibatchOffset) {

  private static final String FIRST_MOMENT = "optimizer.first_moment.";
  private static final String SECOND_MOMENT = "optimizer.second_moment.";
  private static final String FORMAT = "searchloop-checkpoint-1";

  public Checkpoint {
    if (step < 0 || nextMinibatchOffset < 0) {
      throw new IllegalArgumentException(
          "checkpoint: found step %d and next minibatch offset %d, expected 0 or more"
              .formatted(step, nextMinibatchOffset));
    }
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** As one safetensors file: weights under their names, moments prefixed, numbers as metadata. */
  SafetensorsFile toFile() {
    Map<String, String> metadata = new LinkedHashMap<>(network.toProperties());
    metadata.put("format", FORMAT);
    metadata.put("step", Long.toString(step));
    metadata.put("lineage", Long.toString(lineage));
    metadata.put("optimizer-updates", Long.toString(optimizer.updates()));
    metadata.put("random-state", Long.toString(randomState));
    metadata.put("next-minibatch-offset", Long.toString(nextMinibatchOffset));
    Map<String, Tensor> tensors = new LinkedHashMap<>(parameters);
    optimizer.firstMoments().forEach((name, moment) -> tensors.put(FIRST_MOMENT + name, moment));
    optimizer.secondMoments().forEach((name, moment) -> tensors.put(SECOND_MOMENT + name, moment));
    return new SafetensorsFile(metadata, tensors);
  }

  /** Reads what {@link #toFile} wrote. */
  static Checkpoint from(SafetensorsFile file) {
    String format = file.property("format");
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException(
          "checkpoint format: found `%s`, expected `%s`".formatted(format, FORMAT));
    }
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    Map<String, Tensor> firstMoments = new LinkedHashMap<>();
    Map<String, Tensor> secondMoments = new LinkedHashMap<>();
    file.tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(FIRST_MOMENT)) {
                firstMoments.put(name.substring(FIRST_MOMENT.length()), tensor);
              } else if (name.startsWith(SECOND_MOMENT)) {
                secondMoments.put(name.substring(SECOND_MOMENT.length()), tensor);
              } else {
                parameters.put(name, tensor);
              }
            });
    return new Checkpoint(
        NetworkConfig.fromProperties(file.metadata()),
        file.number("step"),
        file.number("lineage"),
        parameters,
        new AdamState(file.number("optimizer-updates"), firstMoments, secondMoments),
        file.number("random-state"),
        file.number("next-minibatch-offset"));
  }
}
