package io.searchloop.policy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private final Tokenizer tokenizer = BytePairTrainer.train(List.of("shoes"), 270);
  private final PolicySpec spec = new PolicySpec(PolicySpec.FORMAT, 300, 2, 2, 8, 16, 8);

  @Test
  void artifactSurvivesItsBytesAndIsDeterministic() {
    byte[] onnx = random(2_000_000);
    byte[] bytes = new PolicyArtifact(spec, tokenizer, onnx).toBytes();

    PolicyArtifact read = PolicyArtifact.read(bytes);

    assertThat(read.spec()).isEqualTo(spec);
    assertThat(read.onnx()).isEqualTo(onnx);
    assertThat(read.toBytes()).isEqualTo(bytes);
  }

  @Test
  void saysWhereItsGraphLies() {
    byte[] onnx = random(1_000);
    byte[] bytes = new PolicyArtifact(spec, tokenizer, onnx).toBytes();

    int offset = PolicyArtifact.graphOffset(bytes);

    assertThat(Arrays.copyOfRange(bytes, offset, offset + onnx.length)).isEqualTo(onnx);
    assertThatThrownBy(() -> PolicyArtifact.graphOffset(random(1_000)))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("no stored `policy.onnx`");
  }

  @Test
  void assemblesWhatItSplit() {
    byte[] artifact = random(ArtifactChunks.CHUNK_BYTES * 2 + 17);
    Map<Integer, byte[]> chunks = chunks(artifact);

    assertThat(chunks).hasSize(3);
    assertThat(ArtifactChunks.assemble(manifest(artifact, 3), chunks)).isEqualTo(artifact);
  }

  @Test
  void refusesAMissingChunkByIndex() {
    byte[] artifact = random(ArtifactChunks.CHUNK_BYTES + 1);
    Map<Integer, byte[]> chunks = chunks(artifact);
    chunks.remove(1);

    assertThatThrownBy(() -> ArtifactChunks.assemble(manifest(artifact, 2), chunks))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("chunk 1 of 2 is missing");
  }

  @Test
  void refusesChangedBytes() {
    byte[] artifact = random(1000);
    ReleaseManifest manifest = manifest(artifact, 1);
    artifact[500]++;

    assertThatThrownBy(() -> ArtifactChunks.assemble(manifest, chunks(artifact)))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("SHA-256");
  }

  @Test
  void refusesBytesThatAreNoArtifact() {
    assertThatThrownBy(() -> PolicyArtifact.read(random(100)))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("policy.json");
  }

  @Test
  void manifestSurvivesJson() {
    ReleaseManifest manifest = manifest(random(10), 1);

    assertThat(ReleaseManifest.fromJson(manifest.toJson())).isEqualTo(manifest);
  }

  @Test
  void aManifestOfADeltaSurvivesJson() {
    ReleaseManifest delta =
        manifest(random(10), 3).onBase(new ReleaseBase(4, "base-hash", 2, 1_234), 1);

    ReleaseManifest read = ReleaseManifest.fromJson(delta.toJson());

    assertThat(read).isEqualTo(delta);
    assertThat(read.format()).isEqualTo(ReleaseManifest.FORMAT_WITH_BASE);
    assertThat(read.carriedBytes()).isEqualTo(1_234);
  }

  @Test
  void readsAndWritesManifestsAsFirstReleased() throws IOException {
    byte[] golden =
        Objects.requireNonNull(getClass().getResourceAsStream("manifest-format-1.json"))
            .readAllBytes();

    ReleaseManifest manifest = ReleaseManifest.fromJson(golden);

    assertThat(manifest.step()).isEqualTo(8);
    assertThat(manifest.base()).isEmpty();
    assertThat(manifest.carriedBytes()).isEqualTo(2_000_017);
    assertThat(manifest.toJson()).isEqualTo(golden);
  }

  @Test
  void rebuildsADeltaOnItsBaseAndOnNoOther() {
    byte[] base = random(1_000);
    byte[] result = base.clone();
    result[0]++;
    byte[] delta = PolicyDelta.encode(base, List.of(), result, List.of());
    ReleaseManifest manifest =
        manifest(result, 1).onBase(new ReleaseBase(4, Sha256.of(base), 1, delta.length), 1);

    assertThat(ArtifactChunks.assemble(manifest, chunks(delta), base)).isEqualTo(result);
    assertThatThrownBy(() -> ArtifactChunks.assemble(manifest, chunks(delta), result))
        .isInstanceOfSatisfying(
            InvalidReleaseException.class, e -> assertThat(e.fault()).isEqualTo(ReleaseFault.BASE))
        .hasMessageContaining("builds upon version 4");
  }

  @Test
  void refusesATruncatedRelease() {
    byte[] artifact = random(1000);
    ReleaseManifest manifest = manifest(artifact, 1);

    assertThatThrownBy(
            () -> ArtifactChunks.assemble(manifest, chunks(Arrays.copyOf(artifact, 999))))
        .isInstanceOfSatisfying(
            InvalidReleaseException.class,
            e -> assertThat(e.fault()).isEqualTo(ReleaseFault.INCOMPLETE))
        .hasMessageContaining("hold 999 bytes, the manifest says 1000");
  }

  @Test
  void refusesAManifestOfANewerFormat() {
    String json =
        new String(manifest(random(10), 1).toJson()).replace("\"format\":1", "\"format\":9");

    assertThatThrownBy(() -> ReleaseManifest.fromJson(json.getBytes()))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("format 9");
  }

  @Test
  void refusesAManifestThatLacksAField() {
    String whole = new String(manifest(random(10), 1).toJson());

    for (String field : List.of("releaseId", "sha256", "checkpoint", "provenance", "config")) {
      String json = whole.replace("\"" + field + "\":", "\"x" + field + "\":");
      assertThatThrownBy(() -> ReleaseManifest.fromJson(json.getBytes()))
          .as(field)
          .isInstanceOf(InvalidReleaseException.class);
    }
    assertThatThrownBy(
            () -> ReleaseManifest.fromJson(whole.replace("\"kl\":0.1", "\"kl\":null").getBytes()))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("`gate.kl` is missing");
  }

  @Test
  void refusesAnEntryWhoseNameIsNoText() {
    byte[] bytes = new PolicyArtifact(spec, tokenizer, random(10)).toBytes();
    bytes[30] = (byte) 0xff; // the first letter of the first name

    assertThatThrownBy(() -> PolicyArtifact.read(bytes))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("not a readable ZIP");
  }

  @Test
  void refusesSizesThatLeadOutsideTheArtifact() {
    byte[] bytes = new PolicyArtifact(spec, tokenizer, random(10)).toBytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(18, Integer.MAX_VALUE);

    assertThatThrownBy(() -> PolicyArtifact.graphOffset(bytes))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("no stored `policy.onnx`");
  }

  @Test
  void refusesACompressedArtifactBeforeItGrows() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("policy.onnx"));
      zip.write(new byte[10_000_000]);
    }

    assertThatThrownBy(() -> PolicyArtifact.read(out.toByteArray()))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("`policy.onnx` compressed, expected it stored");
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static Map<Integer, byte[]> chunks(byte[] artifact) {
    Map<Integer, byte[]> chunks = new HashMap<>();
    ArtifactChunks.split(artifact).forEach(chunk -> chunks.put(chunks.size(), chunk));
    return chunks;
  }

  private static ReleaseManifest manifest(byte[] artifact, int chunks) {
    PolicyProvenance provenance =
        new PolicyProvenance(
            "training",
            3,
            11,
            7,
            Map.of("lineage", 1L),
            Map.of("seed", "1"),
            Map.of("kl", .1),
            "x",
            5);
    return new ReleaseManifest(
        ReleaseManifest.FORMAT,
        "r-1",
        4,
        -1,
        8,
        chunks,
        artifact.length,
        Sha256.of(artifact),
        "abc",
        provenance);
  }
}
