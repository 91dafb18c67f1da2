package io.searchloop.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
  @TempDir private Path directory;
  private PointerScope scope;

  @BeforeEach
  void open() {
    LibTorch.initialise(1);
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void everyTypeSurvivesWithItsShape() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("f32", Tensors.ofFloats(new float[] {1, Float.MIN_VALUE, -0f}, 3, 1));
    tensors.put("f64", Tensors.ofDoubles(new double[] {Math.PI}));
    tensors.put("i64", Tensors.ofLongs(new long[] {Long.MIN_VALUE, 7}, 2));
    tensors.put("bf16", Tensors.ofFloats(new float[] {1.5f}, 1).to(torch.ScalarType.BFloat16));
    tensors.put("transposed", Tensors.ofFloats(new float[] {1, 2, 3, 4}, 2, 2).t());

    SafetensorsFile read = SafetensorsFile.read(write(Map.of("note", "grüß"), tensors));

    assertThat(read.metadata()).containsExactly(Map.entry("note", "grüß"));
    assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
    tensors.forEach(
        (name, tensor) -> {
          Tensor found = read.tensors().get(name);
          assertThat(found.shape()).as(name).isEqualTo(tensor.shape());
          assertThat(TensorType.of(found.scalar_type()))
              .as(name)
              .isEqualTo(TensorType.of(tensor.scalar_type()));
          assertThat(Tensors.toDoubles(found)).as(name).isEqualTo(Tensors.toDoubles(tensor));
        });
  }

  @Test
  void readsAFileWrittenByHand() throws IOException {
    byte[] header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header).putFloat(.25f).putFloat(-3);
    Path file = Files.write(directory.resolve("hand.safetensors"), bytes.array());

    Tensor a = SafetensorsFile.read(file).tensors().get("a");

    assertThat(Tensors.toFloats(a)).containsExactly(.25f, -3f);
  }

  @Test
  void truncatedFileIsRefused() throws IOException {
    Path file = write(Map.of(), Map.of("a", torch.ones(100)));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));

    assertThatThrownBy(() -> SafetensorsFile.read(file))
        .hasMessageContaining("tensor `a` at bytes 0 to 400 of 399");
  }

  @Test
  void fileThatIsNoSafetensorsIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("text"), "These are not tensors at all.");

    assertThatThrownBy(() -> SafetensorsFile.read(file))
        .hasMessageContaining("not a whole safetensors file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[4294967296,4294967296]; [4294967296,4294967296]",
        "[-1,-2]; [-1,-2]",
        "{}; {}",
        "[2.5]; [2.5]",
        "'[9223372036854775807,0,9]'; 9223372036854775807"
      })
  void shapesThatCannotBeAreRefusedByName(String shape, String found) throws IOException {
    Path file =
        hand("{\"a\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[0,0]}}".formatted(shape));

    assertThatThrownBy(() -> SafetensorsFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("tensor `a` of shape")
        .hasMessageContaining(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[1]; no JSON object",
        "{\"a\":; no JSON",
        "{\"a\":{\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,1]}}; found F8"
      })
  void headersThatCannotBeAreRefusedByFile(String header, String found) throws IOException {
    Path file = hand(header);

    assertThatThrownBy(() -> SafetensorsFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(found);
  }

  private Path hand(String header) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return Files.write(
        directory.resolve("hand.safetensors"),
        ByteBuffer.allocate(Long.BYTES + json.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array());
  }

  private Path write(Map<String, String> metadata, Map<String, Tensor> tensors) throws IOException {
    Path file = directory.resolve("test.safetensors");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      new SafetensorsFile(metadata, tensors).write(channel);
    }
    return file;
  }
}
