package io.searchloop.app.dataset;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/** Rows of flat parquet files as texts by column; what is null is absent. */
final class ParquetRows {
  private static final Set<CompressionCodecName> CODECS =
      new TreeSet<>(
          Set.of(
              CompressionCodecName.UNCOMPRESSED,
              CompressionCodecName.SNAPPY,
              CompressionCodecName.ZSTD,
              CompressionCodecName.LZ4_RAW));

  private ParquetRows() {}

  /** What to do with a row, counted from one. */
  interface Row {
    void read(long number, Map<String, String> cells);
  }

  /**
   * Reads a file.
   *
   * @param columns columns that must be there
   * @throws UnreadableDatasetException when the file is missing, broken, has other columns, or is
   *     compressed by what is not here
   */
  static void read(Path path, List<String> columns, Row row) {
    if (!Files.isRegularFile(path)) {
      throw new UnreadableDatasetException(
          "Dataset file " + path + " not found, expected a parquet file of " + columns + ".");
    }
    File file = path.toFile();
    long[] number = {0};
    try {
      ParquetMetadata metadata = ParquetReader.readMetadata(file);
      requireColumns(path, metadata.getFileMetaData().getSchema(), columns);
      requireCodecs(path, codecs(metadata));
      try (Stream<Map<String, String>> rows = ParquetReader.streamContent(file, new Texts())) {
        rows.forEach(cells -> row.read(++number[0], cells));
      }
    } catch (UnreadableDatasetException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnreadableDatasetException(
          "Dataset file %s breaks after row %d: %s. Expected a parquet file; fetch it again."
              .formatted(path, number[0], e.getMessage()),
          e);
    }
  }

  private static void requireColumns(Path path, MessageType schema, List<String> columns) {
    List<String> found = schema.getFields().stream().map(field -> field.getName()).toList();
    if (!found.containsAll(columns)) {
      throw new UnreadableDatasetException(
          "Dataset file %s: found columns %s, expected %s.".formatted(path, found, columns));
    }
  }

  private static Set<CompressionCodecName> codecs(ParquetMetadata metadata) {
    return metadata.getBlocks().stream()
        .flatMap(block -> block.getColumns().stream())
        .map(ColumnChunkMetaData::getCodec)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The others are Hadoop's, which is not here. */
  static void requireCodecs(Path path, Set<CompressionCodecName> found) {
    if (!CODECS.containsAll(found)) {
      throw new UnreadableDatasetException(
          "Dataset file %s: found compression %s, expected some of %s. Write it with one of these."
              .formatted(path, found, CODECS));
    }
  }

  /** Collects one row. */
  private static final class Texts
      implements Hydrator<Map<String, String>, Map<String, String>, String[]> {
    @Override
    public Map<String, String> start() {
      return new HashMap<>();
    }

    @Override
    public Map<String, String> add(Map<String, String> cells, String[] column, Object value) {
      if (value != null) {
        cells.put(String.join(".", column), value.toString());
      }
      return cells;
    }

    @Override
    public Map<String, String> finish(Map<String, String> cells) {
      return cells;
    }
  }
}
