package io.searchloop.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The JSON at the start of a safetensors file: properties, and where each tensor's bytes are. */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries, long dataStart) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";
  private static final int LENGTH_BYTES = Long.BYTES;
  private static final int ALIGNMENT = 8;
  private static final long LONGEST_HEADER = 100_000_000; // The format's own limit.

  /** One tensor; offsets count from the first byte after the header. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Entry(String name, TensorType type, long[] shape, long begin, long end) {
    long sizeBytes() {
      return end - begin;
    }

    long expectedBytes() {
      long elements = 1;
      for (long size : shape) {
        elements *= size;
      }
      return elements * type.sizeBytes();
    }
  }

  static SafetensorsHeader of(Map<String, String> metadata, Map<String, Tensor> tensors) {
    List<Entry> entries = new ArrayList<>();
    long offset = 0;
    for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
      Tensor tensor = named.getValue();
      TensorType type = TensorType.of(tensor.scalar_type());
      long end = offset + tensor.numel() * type.sizeBytes();
      entries.add(new Entry(named.getKey(), type, tensor.shape(), offset, end));
      offset = end;
    }
    return new SafetensorsHeader(metadata, entries, 0);
  }

  /** Length and JSON, padded with spaces so that tensors start aligned. */
  ByteBuffer encode() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode properties = root.putObject(METADATA);
    metadata.forEach(properties::put);
    for (Entry entry : entries) {
      ObjectNode node = root.putObject(entry.name());
      node.put("dtype", entry.type().name());
      node.set("shape", JSON.valueToTree(entry.shape()));
      node.set("data_offsets", JSON.valueToTree(new long[] {entry.begin(), entry.end()}));
    }
    byte[] json = JSON.writeValueAsBytes(root);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes =
        ByteBuffer.allocate(LENGTH_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN).putLong(padded);
    bytes.put(json);
    bytes.put(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII));
    return bytes.flip();
  }

  static SafetensorsHeader read(FileChannel channel, Path file) throws IOException {
    ByteBuffer lengthBytes = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long length = readFully(channel, lengthBytes) ? lengthBytes.getLong(0) : -1;
    if (length < 2 || length > Math.min(LONGEST_HEADER, channel.size() - LENGTH_BYTES)) {
      throw malformed(file, "header length " + length + " in a file of " + channel.size());
    }
    ByteBuffer json = ByteBuffer.allocate(Math.toIntExact(length));
    readFully(channel, json);
    JsonNode root = json(json.array(), file);
    Map<String, String> metadata = new LinkedHashMap<>();
    root.path(METADATA).properties().forEach(p -> metadata.put(p.getKey(), p.getValue().asText()));
    long dataStart = LENGTH_BYTES + length;
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> node : root.properties()) {
      if (!node.getKey().equals(METADATA)) {
        entries.add(entry(file, channel.size() - dataStart, node.getKey(), node.getValue()));
      }
    }
    return new SafetensorsHeader(metadata, entries, dataStart);
  }

  private static JsonNode json(byte[] header, Path file) {
    try {
      JsonNode root = JSON.readTree(header);
      if (root.isObject()) {
        return root;
      }
      throw malformed(file, "a header that is no JSON object");
    } catch (IOException e) {
      throw malformed(file, "a header that is no JSON (%s)".formatted(e.getMessage()));
    }
  }

  /** A tensor, whose place must hold exactly what its shape says: nobody has read a byte of it. */
  private static Entry entry(Path file, long dataBytes, String name, JsonNode node) {
    long begin = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    Entry entry = new Entry(name, type(file, name, node), shape(file, name, node), begin, end);
    if (begin < 0 || end > dataBytes || entry.sizeBytes() != entry.expectedBytes()) {
      throw malformed(
          file,
          "tensor `%s` at bytes %d to %d of %d, expected %d bytes by its shape"
              .formatted(name, begin, end, dataBytes, entry.expectedBytes()));
    }
    return entry;
  }

  private static TensorType type(Path file, String name, JsonNode node) {
    try {
      return TensorType.named(node.path("dtype").asText());
    } catch (IllegalArgumentException e) {
      throw malformed(file, "tensor `%s` of an unknown %s".formatted(name, e.getMessage()));
    }
  }

  private static long[] shape(Path file, String name, JsonNode node) {
    JsonNode sizes = node.path("shape");
    long[] shape = new long[sizes.size()];
    boolean sound = sizes.isArray();
    long most = Long.MAX_VALUE / Long.BYTES;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sizes.path(i).isIntegralNumber() ? sizes.path(i).asLong(-1) : -1;
      sound &= shape[i] >= 0 && shape[i] <= most;
      most /= Math.max(1, shape[i]);
    }
    if (!sound) {
      throw malformed(file, "tensor `%s` of shape %s".formatted(name, sizes));
    }
    return shape;
  }

  private static boolean readFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException malformed(Path file, String found) {
    return new IllegalArgumentException(
        "%s is not a whole safetensors file: found %s. Copy it again from its source."
            .formatted(file, found));
  }
}
