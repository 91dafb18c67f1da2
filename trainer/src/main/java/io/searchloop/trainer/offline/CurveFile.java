package io.searchloop.trainer.offline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The learning curve on disk, a line of JSON for each step. What a killed run wrote after its last
 * checkpoint is cut off when it resumes: those steps happen again.
 */
final class CurveFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<CurvePoint> points = new ArrayList<>();

  private CurveFile(Path file) {
    this.file = file;
  }

  /** Opens the curve up to a step. */
  static CurveFile open(Path file, long upTo) {
    CurveFile curve = new CurveFile(file);
    try {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          // A kill can leave half a line behind the last checkpoint.
          if (curve.points.size() < upTo) {
            curve.points.add(JSON.readValue(line, CurvePoint.class));
          }
        }
      }
      Path partial = file.resolveSibling(file.getFileName() + ".partial");
      Files.write(partial, curve.points.stream().map(CurveFile::line).toList());
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      return curve;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot open the learning curve " + file + ". Delete the directory to start anew.", e);
    }
  }

  void add(CurvePoint point) {
    points.add(point);
    try {
      Files.write(
          file,
          (line(point) + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the learning curve " + file, e);
    }
  }

  List<CurvePoint> points() {
    return List.copyOf(points);
  }

  private static String line(CurvePoint point) {
    try {
      return JSON.writeValueAsString(point);
    } catch (IOException e) {
      throw new UncheckedIOException("A point of the curve is always JSON", e);
    }
  }
}
