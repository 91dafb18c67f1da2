package io.searchloop.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One input for a reader of several files or texts: ASCII's record separator parts it. */
public final class Parts {
  private static final byte SEPARATOR = 0x1E;

  private Parts() {}

  /** So many parts; those that the input does not have are empty. */
  public static List<byte[]> of(byte[] input, int count) {
    List<byte[]> parts = new ArrayList<>();
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    for (byte each : input) {
      if (each == SEPARATOR && parts.size() < count - 1) {
        parts.add(part.toByteArray());
        part.reset();
      } else {
        part.write(each);
      }
    }
    parts.add(part.toByteArray());
    while (parts.size() < count) {
      parts.add(new byte[0]);
    }
    return parts;
  }

  /** An input of several texts. */
  public static byte[] join(String... texts) {
    return join(Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** An input of several parts. */
  public static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        all.write(SEPARATOR);
      }
      all.writeBytes(parts.get(i));
    }
    return all.toByteArray();
  }

  /** Whether JSON in the input may hold half a surrogate pair, which no UTF-8 can write back. */
  public static boolean escapes(byte[] json) {
    return new String(json, StandardCharsets.ISO_8859_1).contains("\\u");
  }

  /** A folder that is there as long as the process, one for each target. */
  public static Path folder(String name) {
    try {
      return Files.createTempDirectory("fuzz-" + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
