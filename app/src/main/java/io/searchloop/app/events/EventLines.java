package io.searchloop.app.events;

import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.FieldFault;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Lines of a file or stream, whatever it holds: a line of megabytes takes no memory, and one that
 * is no UTF-8 costs only itself.
 */
public final class EventLines implements AutoCloseable {
  static final int MAX_LINE_BYTES = 1 << 20;

  private final InputStream in;
  private long number;
  private boolean ended;

  /** Reads a stream, and closes it. */
  public EventLines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /**
   * Opens a file; one that ends with {@code .gz} is unpacked.
   *
   * @throws IOException when there is no such file, or it is none of gzip
   */
  public static EventLines of(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return new EventLines(file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in);
  }

  /** Number of the line read last, from one. */
  public long number() {
    return number;
  }

  /**
   * The next line, empty at the end.
   *
   * @throws FieldException when the line cannot be used; the one after it can be asked for
   * @throws IOException when the stream fails
   */
  public Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long length = 0;
    int read = ended ? -1 : in.read();
    if (read < 0) {
      ended = true;
      return Optional.empty();
    }
    number++;
    for (; read >= 0 && read != '\n'; read = in.read()) {
      if (++length <= MAX_LINE_BYTES) {
        line.write(read);
      }
    }
    ended = read < 0;
    if (length > MAX_LINE_BYTES) {
      throw new FieldException(
          whole(
              DeadLetterReason.OVERSIZED,
              length + " bytes",
              "at most " + MAX_LINE_BYTES + " on a line",
              "Write one event on each line."));
    }
    return Optional.of(text(line.toByteArray()));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FieldException(
          whole(DeadLetterReason.MALFORMED, "no UTF-8", "UTF-8", "Convert the file."));
    }
  }

  private static FieldFault whole(
      DeadLetterReason reason, String found, String expected, String remedy) {
    return new FieldFault(reason, "", found, expected, remedy);
  }
}
