package io.searchloop.trainer.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.trainer.checkpoint.SafetensorsFile;
import io.searchloop.trainer.checkpoint.SafetensorsWeights;
import io.searchloop.trainer.network.PolicyNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of a directory: {@code model.safetensors}, or the shards that {@code
 * model.safetensors.index.json} names.
 */
final class WeightFiles {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final String WEIGHT_MAP = "weight_map";

  /** The transformers library reads a file only with this mark. */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private WeightFiles() {}

  /** Opens all files; the caller closes them. */
  static SafetensorsWeights open(Path directory) throws IOException {
    Path index = directory.resolve(INDEX);
    if (Files.exists(index)) {
      return openShards(directory, index);
    }
    Path single = directory.resolve(SINGLE);
    if (!Files.exists(single)) {
      throw new UnsupportedModelException(
          "%s has neither %s nor %s. Only safetensors are read: convert pytorch_model.bin first."
              .formatted(directory, SINGLE, INDEX));
    }
    return SafetensorsWeights.open(List.of(single), WeightFiles::isWeight);
  }

  /**
   * Writes all weights of a network, a file for each {@code shardBytes} of them.
   *
   * @param shardBytes bytes of a file's tensors at most, unless one tensor alone is larger
   */
  static void write(PolicyNetwork network, Path directory, long shardBytes) throws IOException {
    List<Set<String>> shards = shards(network.config().parameterShapes(), shardBytes);
    if (shards.size() == 1) {
      new SafetensorsFile(METADATA, network.parameters()).write(directory.resolve(SINGLE));
      return;
    }
    ObjectNode index = new ObjectMapper().createObjectNode();
    index.putObject("metadata").put("total_size", network.config().parameterCount() * Float.BYTES);
    ObjectNode weightMap = index.putObject(WEIGHT_MAP);
    for (int i = 0; i < shards.size(); i++) {
      String file = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      var tensors = new LinkedHashMap<>(network.parameters());
      tensors.keySet().retainAll(shards.get(i));
      new SafetensorsFile(METADATA, tensors).write(directory.resolve(file));
      shards.get(i).forEach(name -> weightMap.put(name, file));
    }
    JsonFile.write(directory.resolve(INDEX), index);
  }

  private static SafetensorsWeights openShards(Path directory, Path index) throws IOException {
    Map<String, Path> expected = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : JsonFile.read(index).path(WEIGHT_MAP).properties()) {
      expected.put(entry.getKey(), shard(directory, index, entry.getValue().asText()));
    }
    if (expected.isEmpty()) {
      throw new UnsupportedModelException(
          "%s: `%s` names no tensor. Copy the file again from the model's source."
              .formatted(index, WEIGHT_MAP));
    }
    List<Path> files = new ArrayList<>(new LinkedHashSet<>(expected.values()));
    SafetensorsWeights weights = SafetensorsWeights.open(files, WeightFiles::isWeight);
    Map<String, Path> found = weights.files();
    for (Map.Entry<String, Path> entry : expected.entrySet()) {
      if (isWeight(entry.getKey()) && !entry.getValue().equals(found.get(entry.getKey()))) {
        weights.close();
        throw new UnsupportedModelException(
            "%s: tensor `%s` is not in %s. Copy index and shards again, from one revision."
                .formatted(index, entry.getKey(), entry.getValue()));
      }
    }
    return weights;
  }

  private static Path shard(Path directory, Path index, String name) {
    Path file = directory.resolve(name).normalize();
    if (!directory.normalize().equals(file.getParent()) || !Files.exists(file)) {
      throw new UnsupportedModelException(
          "%s: shard `%s` is missing, expected beside the index. Copy it from the model's source."
              .formatted(index, name));
    }
    return file;
  }

  /** Early Llama files carry the rotary frequencies, which follow from config.json. */
  private static boolean isWeight(String name) {
    return !name.endsWith("self_attn.rotary_emb.inv_freq");
  }

  private static List<Set<String>> shards(Map<String, long[]> shapes, long shardBytes) {
    List<Set<String>> shards = new ArrayList<>();
    shards.add(new LinkedHashSet<>());
    long filled = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      long bytes = Float.BYTES;
      for (long size : entry.getValue()) {
        bytes *= size;
      }
      if (filled > 0 && filled + bytes > shardBytes) {
        shards.add(new LinkedHashSet<>());
        filled = 0;
      }
      shards.get(shards.size() - 1).add(entry.getKey());
      filled += bytes;
    }
    return shards;
  }
}
