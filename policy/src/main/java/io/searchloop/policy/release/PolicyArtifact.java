package io.searchloop.policy.release;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Everything a worker needs to rewrite: dimensions, tokenizer and ONNX graph. Its bytes are a ZIP
 * with stored entries in fixed order and without dates, so equal content has equal bytes and any
 * tool can open it.
 */
public final class PolicyArtifact {
  private static final String SPEC = "policy.json";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String GRAPH = "policy.onnx";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PolicySpec spec;
  private final Tokenizer tokenizer;
  private final byte[] onnx;

  /**
   * @throws InvalidReleaseException when the tokenizer does not fit the dimensions
   */
  public PolicyArtifact(PolicySpec spec, Tokenizer tokenizer, byte[] onnx) {
    if (tokenizer.vocabularySize() > spec.vocabularySize()) {
      throw new InvalidReleaseException(
          ReleaseFault.VOCABULARY,
          "Tokenizer has "
              + tokenizer.vocabularySize()
              + " tokens, the graph "
              + spec.vocabularySize()
              + ". Re-export the policy with its own tokenizer.");
    }
    this.spec = spec;
    this.tokenizer = tokenizer;
    this.onnx = onnx.clone();
  }

  public PolicySpec spec() {
    return spec;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The ONNX graph; not a copy, do not change it. */
  public byte[] onnx() {
    return onnx;
  }

  /** Prompt and answer format under these dimensions. */
  public RewriteFormat format() {
    return spec.rewriteFormat(tokenizer);
  }

  /** The artifact as bytes. */
  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(onnx.length + (1 << 16));
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      store(zip, SPEC, spec.toJson());
      store(zip, TOKENIZER, tokenizer.toJson());
      store(zip, GRAPH, onnx);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory", e);
    }
    return out.toByteArray();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws InvalidReleaseException when an entry is missing or unreadable, or the format is newer
   */
  public static PolicyArtifact read(byte[] bytes) {
    Map<String, byte[]> entries = unzip(bytes);
    try {
      PolicySpec spec = JSON.readValue(require(entries, SPEC), PolicySpec.class);
      if (!spec.readable()) {
        throw new InvalidReleaseException(
            ReleaseFault.FORMAT,
            "Artifact format "
                + spec.format()
                + ", this worker reads "
                + PolicySpec.FORMAT
                + " to "
                + PolicySpec.FORMAT_WITH_OPTIONS
                + ". Upgrade the worker, or re-export the policy.");
      }
      return new PolicyArtifact(
          spec, Tokenizer.fromJson(require(entries, TOKENIZER)), require(entries, GRAPH));
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidReleaseException("Artifact has an unreadable entry: " + e.getMessage(), e);
    }
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static Map<String, byte[]> unzip(byte[] bytes) {
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
      return entries;
    } catch (IOException e) {
      throw new InvalidReleaseException(
          "Artifact of " + bytes.length + " bytes is not a readable ZIP: " + e.getMessage(), e);
    }
  }

  private static byte[] require(Map<String, byte[]> entries, String name) {
    byte[] content = entries.get(name);
    if (content == null) {
      throw new InvalidReleaseException(
          "Artifact lacks `"
              + name
              + "`, found "
              + entries.keySet()
              + ". Re-export the policy, or activate an earlier version.");
    }
    return content;
  }
}
