package io.searchloop.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.Tensors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWeightsTest {
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
  void halfPrecisionIsConvertedExactly() throws IOException {
    Tensor halves = Tensors.ofFloats(new float[] {1.5f, -.25f}, 2);
    Path file =
        write(
            "halves",
            Map.of(
                "bf16", halves.to(torch.ScalarType.BFloat16),
                "f16", halves.to(torch.ScalarType.Half)));

    try (SafetensorsWeights weights = SafetensorsWeights.open(List.of(file), name -> true)) {
      for (String name : List.of("bf16", "f16")) {
        Tensor target = torch.zeros(2);
        weights.copyInto(name, target);
        assertThat(Tensors.toFloats(target)).as(name).containsExactly(1.5f, -.25f);
      }
    }
  }

  @Test
  void tensorsLargerThanOneMappingArriveWhole() throws IOException {
    Tensor stored = torch.rand(new long[] {7, 3});
    Path file = write("pieces", Map.of("small", torch.ones(5), "large", stored));
    Tensor target = torch.zeros(new long[] {7, 3});

    try (FileChannel channel = FileChannel.open(file)) {
      SafetensorsHeader header = SafetensorsHeader.read(channel, file);
      SafetensorsHeader.Entry entry =
          header.entries().stream().filter(e -> e.name().equals("large")).findFirst().orElseThrow();
      MappedTensor.copy(channel, header.dataStart(), entry, target, 4 * Float.BYTES);
    }

    assertThat(Tensors.toFloats(target)).isEqualTo(Tensors.toFloats(stored));
  }

  @Test
  void tensorInTwoFilesIsRefused() throws IOException {
    Path first = write("first", Map.of("a", torch.ones(1)));
    Path second = write("second", Map.of("a", torch.ones(1)));

    assertThatThrownBy(() -> SafetensorsWeights.open(List.of(first, second), name -> true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`a`")
        .hasMessageContaining("first")
        .hasMessageContaining("second");
  }

  @Test
  void unwantedTensorsAreAsIfAbsent() throws IOException {
    Path file = write("some", Map.of("a", torch.ones(1), "b", torch.ones(1)));

    try (SafetensorsWeights weights = SafetensorsWeights.open(List.of(file), "a"::equals)) {
      assertThat(weights.shapes()).containsOnlyKeys("a");
      assertThatThrownBy(() -> weights.copyInto("b", torch.ones(1)))
          .hasMessageContaining("no tensor `b`");
    }
  }

  private Path write(String name, Map<String, Tensor> tensors) throws IOException {
    Path file = directory.resolve(name);
    new SafetensorsFile(Map.of(), tensors).write(file);
    return file;
  }
}
