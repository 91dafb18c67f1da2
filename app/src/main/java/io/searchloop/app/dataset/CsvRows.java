package io.searchloop.app.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a quoted table whose first row names the columns, where a cell may hold separators and
 * line ends. A row of another width is a problem, not the end.
 */
final class CsvRows {
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

  private final Path directory;
  private final Problems.Log problems;

  CsvRows(Path directory, Problems.Log problems) {
    this.directory = directory;
    this.problems = problems;
  }

  /**
   * Reads a file.
   *
   * @param charset malformed bytes become replacement characters
   * @param columns columns that are handed out, in this order
   * @throws UnreadableDatasetException when the file is missing, has other columns, holds no row,
   *     or breaks inside a quotation
   */
  void read(
      String file, Charset charset, char separator, List<String> columns, DatasetFiles.Row row) {
    Path path = directory.resolve(file);
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    long line = 1;
    try (Reader text = new InputStreamReader(Files.newInputStream(path), charset);
        MappingIterator<List<String>> rows =
            CSV.readerForListOf(String.class).with(schema).readValues(text)) {
      List<String> header = rows.hasNextValue() ? rows.nextValue() : List.of();
      int[] indices = indices(path, header, columns);
      long found = 0;
      while (rows.hasNextValue()) {
        line = rows.getCurrentLocation().getLineNr();
        List<String> cells = rows.nextValue();
        if (cells.size() == header.size()) {
          found++;
          row.read(line, Arrays.stream(indices).mapToObj(i -> cells.get(i).strip()).toList());
        } else if (!(cells.size() == 1 && cells.get(0).isBlank())) {
          problems.add(file, line, cells.size() + " columns", header.size() + " of them");
        }
      }
      if (found == 0) {
        throw new UnreadableDatasetException(
            "Dataset file " + path + " holds no usable row, expected columns " + columns + ".");
      }
    } catch (JsonProcessingException e) {
      throw broken(path, line, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw broken(path, line, String.valueOf(e.getMessage()), e);
    }
  }

  private static int[] indices(Path path, List<String> header, List<String> columns) {
    List<String> names = header.stream().map(name -> name.replace("\uFEFF", "").strip()).toList();
    if (!names.containsAll(columns)) {
      throw new UnreadableDatasetException(
          "Dataset file %s line 1: found columns %s, expected a header with %s."
              .formatted(path, names, columns));
    }
    return columns.stream().mapToInt(names::indexOf).toArray();
  }

  private static UnreadableDatasetException broken(
      Path path, long line, String found, Exception cause) {
    return new UnreadableDatasetException(
        "Dataset file %s breaks after line %d: %s. Expected a readable table; fetch it again."
            .formatted(path, line, found),
        cause);
  }
}
