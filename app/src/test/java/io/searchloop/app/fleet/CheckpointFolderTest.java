package io.searchloop.app.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  private static final String JOB = "00112233445566778899aabbccddeeff";

  @TempDir private Path root;

  @Test
  void theNewestIsTheOneWithTheLargestNumber() throws IOException {
    write(9, metadata(9));
    write(10, metadata(10));

    assertThat(new CheckpointFolder(root).newest(JOB))
        .contains(root.resolve(JOB).resolve("chk-10"));
  }

  @Test
  void halfWrittenMetadataIsNoCheckpoint() throws IOException {
    byte[] whole = metadata(10);
    write(9, metadata(9));
    write(10, Arrays.copyOf(whole, whole.length / 2));
    Files.createDirectories(root.resolve(JOB).resolve("chk-11"));

    assertThat(new CheckpointFolder(root).newest(JOB)).contains(root.resolve(JOB).resolve("chk-9"));
  }

  @Test
  void aJobWithoutCheckpointsHasNone() {
    assertThat(new CheckpointFolder(root).newest(JOB)).isEmpty();
  }

  private static byte[] metadata(long id) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Checkpoints.storeCheckpointMetadata(
        new CheckpointMetadata(id, List.of(), List.of()), new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private void write(long number, byte[] metadata) throws IOException {
    Path folder = Files.createDirectories(root.resolve(JOB).resolve("chk-" + number));
    Files.write(folder.resolve("_metadata"), metadata);
  }
}
