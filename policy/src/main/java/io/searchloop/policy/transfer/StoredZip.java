package io.searchloop.policy.transfer;

import io.searchloop.policy.release.InvalidReleaseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A ZIP that any tool opens and that has one form: stored entries, in order, without dates. */
final class StoredZip {
  private StoredZip() {}

  @SafeVarargs
  static byte[] write(Map.Entry<String, byte[]>... entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> entry : entries) {
        store(zip, entry.getKey(), entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory", e);
    }
    return out.toByteArray();
  }

  /**
   * Reads a ZIP that holds exactly these entries.
   *
   * @throws InvalidReleaseException when it is none, lacks one or holds another
   */
  static Map<String, byte[]> read(String name, byte[] bytes, String... expected) {
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new InvalidReleaseException(
          "%s: %d bytes that are no readable ZIP (%s). Was it cut off? Export the release again."
              .formatted(name, bytes.length, e.getMessage()),
          e);
    }
    if (!entries.keySet().equals(Set.of(expected))) {
      throw new InvalidReleaseException(
          "%s: found entries %s, expected %s. Name a file that `policy export` wrote."
              .formatted(name, entries.keySet(), List.of(expected)));
    }
    return entries;
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
}
