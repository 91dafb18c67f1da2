package io.searchloop.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.fuzzing.Parts;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.WeightFit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of tensors: a pretrained model somebody downloaded, or a checkpoint on a broken disk. */
class SafetensorsFuzz {
  private static final Path FILE = Parts.folder("safetensors").resolve("model.safetensors");

  static Stream<byte[]> seeds() {
    String network =
        "'network.vocabulary-size':'8','network.width':'4','network.layers':'1','network.heads':'1',"
            + "'network.key-value-heads':'1','network.hidden':'4','network.max-positions':'8',"
            + "'network.rope-theta':'10000.0','network.norm-epsilon':'1.0E-5',"
            + "'network.rope-scaling':'LLAMA3/8.0/1.0/4.0/8192'";
    return Stream.of(
        file("{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}", 8),
        file(
            "{'__metadata__':{'format':'pt'},'a':{'dtype':'BF16','shape':[],'data_offsets':[0,2]}}",
            2),
        file(
            "{'__metadata__':{%s},'b':{'dtype':'I64','shape':[1,2],'data_offsets':[0,16]},"
                    .formatted(network)
                + "'c':{'dtype':'F16','shape':[0],'data_offsets':[16,16]}}",
            16));
  }

  @BeforeAll
  static void open() {
    LibTorch.initialise(1);
  }

  @MethodSource("seeds")
  @FuzzTest
  void reads(byte[] input) throws Exception {
    Files.write(FILE, input);
    Bounds.within(
        input.length,
        () -> {
          whole(!Parts.escapes(input));
          mapped();
        });
  }

  private static void whole(boolean writable) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      SafetensorsFile file = SafetensorsFile.read(FILE);
      network(file);
      if (!writable) {
        return;
      }
      ByteArrayOutputStream first = new ByteArrayOutputStream();
      file.write(Channels.newChannel(first));
      Files.write(FILE, first.toByteArray());
      ByteArrayOutputStream second = new ByteArrayOutputStream();
      SafetensorsFile.read(FILE).write(Channels.newChannel(second));
      assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
    } catch (IllegalArgumentException e) {
      Bounds.requireNamed(e, FILE.toString());
    }
  }

  private static void network(SafetensorsFile file) {
    try {
      NetworkConfig network = NetworkConfig.fromProperties(file.metadata());
      assertThat(NetworkConfig.fromProperties(network.toProperties())).isEqualTo(network);
    } catch (IllegalArgumentException e) {
      Bounds.requireNamed(e, "network");
    }
  }

  private static void mapped() {
    try (SafetensorsWeights weights = SafetensorsWeights.open(List.of(FILE), name -> true)) {
      WeightFit.require(NetworkConfig.demo(), weights);
    } catch (IllegalArgumentException e) {
      Bounds.requireNamed(e);
    } catch (UncheckedIOException e) {
      Bounds.requireNamed(e, FILE.toString());
    }
  }

  private static byte[] file(String header, int bytes) {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + json.length + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }
}
