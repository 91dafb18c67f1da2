package io.searchloop.policy.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
      if (spec == null) {
        throw new InvalidReleaseException(
            "Artifact has null for `%s`, expected dimensions. Re-export the policy."
                .formatted(SPEC));
      }
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

  /**
   * Where the graph begins in an artifact that {@link #toBytes} wrote: entries are stored, so its
   * bytes lie there as they are.
   *
   * @throws InvalidReleaseException when there is no such place
   */
  public static int graphOffset(byte[] artifact) {
    ByteBuffer bytes = ByteBuffer.wrap(artifact).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (at <= artifact.length - ZipFields.LENGTH
        && bytes.getInt(at) == ZipFields.SIGNATURE
        && bytes.getInt(at + ZipFields.SIZE) >= 0) {
      int nameLength = Short.toUnsignedInt(bytes.getShort(at + ZipFields.NAME_LENGTH));
      int extraLength = Short.toUnsignedInt(bytes.getShort(at + ZipFields.EXTRA_LENGTH));
      int content = at + ZipFields.LENGTH + nameLength + extraLength;
      if (content > artifact.length) {
        break;
      }
      if (GRAPH.equals(new String(artifact, at + ZipFields.LENGTH, nameLength, UTF_8))) {
        return content;
      }
      int size = bytes.getInt(at + ZipFields.SIZE);
      if (size > artifact.length - content) {
        break;
      }
      at = content + size;
    }
    throw new InvalidReleaseException(
        "Artifact of %d bytes has no stored `%s`, expected one at most a few entries in. Re-export the policy."
            .formatted(artifact.length, GRAPH));
  }

  /** A local file header: its signature, its length, and where its fields are. */
  private static final class ZipFields {
    static final int SIGNATURE = 0x04034b50;
    static final int SIZE = 18;
    static final int NAME_LENGTH = 26;
    static final int EXTRA_LENGTH = 28;
    static final int LENGTH = 30;
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
        if (entry.getMethod() != ZipEntry.STORED) {
          throw new InvalidReleaseException(
              "Artifact has `%s` compressed, expected it stored: who packs it again changes its hash. Re-export the policy."
                  .formatted(entry.getName()));
        }
        entries.put(entry.getName(), zip.readAllBytes());
      }
      return entries;
    } catch (IOException | IllegalArgumentException e) { // the latter: a name that is no UTF-8
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
