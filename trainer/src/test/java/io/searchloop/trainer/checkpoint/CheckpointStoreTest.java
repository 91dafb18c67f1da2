package io.searchloop.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TinyNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  @TempDir private Path directory;
  private PointerScope scope;
  private PolicyNetwork network;
  private AdamOptimizer optimizer;
  private CheckpointStore store;

  @BeforeEach
  void open() {
    LibTorch.initialise(1);
    network = PolicyNetwork.initialise(TinyNetworks.PLAIN, 3);
    optimizer = new AdamOptimizer(network.parameters(), AdamSettings.defaults());
    store = new CheckpointStore(directory);
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
    optimizer.close();
    network.close();
  }

  @Test
  void loadedCheckpointEqualsTheSavedOne() {
    String hash = store.save(checkpoint(12, 5));

    Checkpoint loaded = store.load(hash);

    assertThat(loaded.network()).isEqualTo(TinyNetworks.PLAIN);
    assertThat(loaded.step()).isEqualTo(12);
    assertThat(loaded.lineage()).isEqualTo(5);
    assertThat(loaded.randomState()).isEqualTo(-99);
    assertThat(loaded.nextMinibatchOffset()).isEqualTo(77);
    assertThat(loaded.parameters().keySet())
        .containsExactlyElementsOf(network.parameters().keySet());
  }

  @Test
  void equalCheckpointsShareOneFileNamedByItsHash() throws IOException {
    String hash = store.save(checkpoint(1, -1));

    assertThat(store.save(checkpoint(1, -1))).isEqualTo(hash).matches("[0-9a-f]{64}");
    assertThat(store.save(checkpoint(2, -1))).isNotEqualTo(hash);
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains(hash + ".safetensors")
          .hasSize(2);
    }
  }

  @Test
  void damagedCheckpointIsRefused() throws IOException {
    String hash = store.save(checkpoint(1, -1));
    Path file = directory.resolve(hash + ".safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> store.load(hash)).hasMessageContaining("is damaged");
  }

  @Test
  void missingCheckpointSaysHowToGoOn() {
    assertThatThrownBy(() -> store.load("00ff"))
        .hasMessageContaining("no checkpoint 00ff")
        .hasMessageContaining("fresh optimiser");
  }

  @Test
  void retainsWhatIsNamedAndDeletesOtherCheckpointsAlone() throws IOException {
    String wanted = store.save(checkpoint(9, -1));
    String unwanted = store.save(checkpoint(12, -1));
    Path foreign = Files.writeString(directory.resolve("model.safetensors"), "not ours");

    assertThat(store.retain(Set.of(wanted, "00ff"))).isEqualTo(1);

    assertThat(store.contains(wanted)).isTrue();
    assertThat(store.contains(unwanted)).isFalse();
    assertThat(foreign).exists();
  }

  @Test
  void leftoversOfAnInterruptedSaveAreRemovedOnOpening() throws IOException {
    Path leftover = Files.writeString(directory.resolve("checkpoint1.partial"), "half");

    new CheckpointStore(directory);

    assertThat(leftover).doesNotExist();
  }

  private Checkpoint checkpoint(long step, long lineage) {
    return new Checkpoint(
        TinyNetworks.PLAIN, step, lineage, network.parameters(), optimizer.state(), -99, 77);
  }
}
