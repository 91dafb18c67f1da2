package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;

class ParquetRowsTest {
  private static final Path FILE = Path.of("examples.parquet");

  @Test
  void compressionThatIsNotHereIsNamedBeforeARowIsRead() {
    ParquetRows.requireCodecs(
        FILE,
        EnumSet.of(
            CompressionCodecName.SNAPPY, CompressionCodecName.ZSTD, CompressionCodecName.LZ4_RAW));

    assertThatThrownBy(() -> ParquetRows.requireCodecs(FILE, Set.of(CompressionCodecName.GZIP)))
        .isInstanceOf(UnreadableDatasetException.class)
        .hasMessage(
            "Dataset file examples.parquet: found compression [GZIP], expected some of"
                + " [UNCOMPRESSED, SNAPPY, ZSTD, LZ4_RAW]. Write it with one of these.");
  }
}
