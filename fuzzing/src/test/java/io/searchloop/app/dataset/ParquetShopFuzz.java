package io.searchloop.app.dataset;

import blue.strategic.parquet.ParquetWriter;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.fuzzing.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/** The judgments of Amazon's dataset, parquet; its products are as they should be. */
class ParquetShopFuzz {
  private static final ShopFolder SHOP = new ShopFolder(Parts.folder("esci"), java.util.List.of());
  private static final MessageType EXAMPLES =
      MessageTypeParser.parseMessageType(
          "message m { optional binary query_id (UTF8); optional binary query (UTF8);"
              + " optional binary product_id (UTF8); optional binary product_locale (UTF8);"
              + " optional binary esci_label (UTF8); optional int64 small_version; }");
  private static final MessageType PRODUCTS =
      MessageTypeParser.parseMessageType(
          "message m { optional binary product_id (UTF8); optional binary product_title (UTF8);"
              + " optional binary product_locale (UTF8); }");

  static Stream<byte[]> seeds() throws IOException {
    Path file = Parts.folder("seed").resolve("examples.parquet");
    write(
        file,
        EXAMPLES,
        new Object[] {"q1", "red sofa", "p1", "us", "E", 1L},
        new Object[] {"q1", "red sofa", "p2", "us", "I", 1L});
    return Stream.of(Files.readAllBytes(file));
  }

  @BeforeAll
  static void products() throws IOException {
    write(
        SHOP.folder().resolve(EsciFiles.PRODUCTS),
        PRODUCTS,
        new Object[] {"p1", "Sofa", "us"},
        new Object[] {"p2", "Lamp", "us"});
  }

  @MethodSource("seeds")
  @FuzzTest
  void reads(byte[] input) throws Exception {
    Files.write(SHOP.folder().resolve(EsciFiles.EXAMPLES), input);
    Bounds.within(input.length, SHOP::read);
  }

  private static void write(Path file, MessageType schema, Object[]... rows) throws IOException {
    try (ParquetWriter<Object[]> writer =
        ParquetWriter.writeFile(
            schema,
            file.toFile(),
            (row, values) -> {
              for (int i = 0; i < row.length; i++) {
                values.write(schema.getFieldName(i), row[i]);
              }
            })) {
      for (Object[] row : rows) {
        writer.write(row);
      }
    }
  }
}
