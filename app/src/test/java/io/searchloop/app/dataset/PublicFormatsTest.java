package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.ParquetWriter;
import io.searchloop.search.engine.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files in the formats of the public datasets, written here, with a bad row in each. */
class PublicFormatsTest {
  private static final MessageType EXAMPLES =
      MessageTypeParser.parseMessageType(
          "message m { optional binary query_id (UTF8); optional binary query (UTF8);"
              + " optional binary product_id (UTF8); optional binary product_locale (UTF8);"
              + " optional binary esci_label (UTF8); optional int64 small_version; }");
  private static final MessageType PRODUCTS =
      MessageTypeParser.parseMessageType(
          "message m { optional binary product_id (UTF8); optional binary product_title (UTF8);"
              + " optional binary product_brand (UTF8); optional binary product_color (UTF8);"
              + " optional binary product_locale (UTF8); }");

  @TempDir private Path directory;

  @Test
  void readsWands() {
    write(
        "product.csv",
        "product_id\tproduct_name\tproduct_class\tcategory hierarchy\tproduct_description\tproduct_features\trating_count",
        "0\tsolid wood bed\tBeds\tFurniture / Beds\t\"good, \"\"deep\"\"\tsleep\"\tcolor : oak|color:ash| size :queen\t15",
        "1\tall-clad cooker\tCookers\tKitchen\tslow\t\t",
        "2\ttoo few");
    write(
        "query.csv", "query_id\tquery\tquery_class", "0\tsalon chair\tChairs", "1\twood bed\tBeds");
    write(
        "label.csv",
        "id\tquery_id\tproduct_id\tlabel",
        "0\t1\t0\tExact",
        "1\t1\t1\tPartial",
        "2\t0\t1\tIrrelevant",
        "3\t0\t0\tPerfect",
        "4\t7\t0\tExact");

    Dataset dataset = DatasetReader.read(directory);

    assertThat(DatasetFormat.of(directory)).isEqualTo(DatasetFormat.WANDS);
    Product bed = dataset.products().get(0);
    assertThat(bed.description()).isEqualTo("good, \"deep\"\tsleep");
    assertThat(bed.category()).isEqualTo("Beds Furniture / Beds");
    assertThat(bed.attributes()).isEqualTo(Map.of("color", "oak, ash", "size", "queen"));
    assertThat(dataset.gains(query(dataset, "wood bed"))).isEqualTo(Map.of("0", 1.0, "1", .5));
    assertThat(dataset.relevant(query(dataset, "wood bed"))).containsExactly("0");
    assertThat(dataset.problems().first())
        .containsExactly(
            "product.csv line 4: found 2 columns, expected 7 of them.",
            "label.csv line 5: found label 'Perfect', expected Exact, Partial or Irrelevant.",
            "label.csv line 6: found query_id '7', expected one of query.csv.");
  }

  @Test
  void readsHomeDepotAsKagglePublishesIt() throws IOException {
    Files.write(
        directory.resolve("train.csv"),
        String.join(
                "\n",
                "\"id\",\"product_uid\",\"product_title\",\"search_term\",\"relevance\"",
                "2,100001,\"Simpson 12-Gauge Angle\",\"angle bracket\",3",
                "3,100001,\"Simpson 12-Gauge Angle\",\"l bracket\",2.5",
                "9,100002,\"Café \"\"Deck\"\" Stain, 1 gal.\",\"angle bracket\",1",
                "16,100009,\"Unknown\",\"angle bracket\",2",
                "17,100001,\"Simpson 12-Gauge Angle\",\"angle bracket\",good")
            .getBytes(StandardCharsets.ISO_8859_1));
    write(
        "product_descriptions.csv",
        "\"product_uid\",\"product_description\"",
        "100001,\"Not only do angles make joints stronger,",
        "they also last\"",
        "100002,\"Stain\"");
    write(
        "attributes.csv",
        "\"product_uid\",\"name\",\"value\"",
        "100001,\"Material\",\"Steel\"",
        "100001,\"MFG Brand Name\",\"Simpson\"",
        ",,");

    Dataset dataset = DatasetReader.read(directory);

    assertThat(DatasetFormat.of(directory)).isEqualTo(DatasetFormat.HOME_DEPOT);
    Product angle = dataset.products().get(0);
    assertThat(angle.description()).endsWith("stronger,\nthey also last");
    assertThat(angle.brand()).isEqualTo("Simpson");
    assertThat(angle.attributes()).isEqualTo(Map.of("Material", "Steel"));
    assertThat(dataset.products().get(1).title()).isEqualTo("Café \"Deck\" Stain, 1 gal.");
    assertThat(dataset.gains(query(dataset, "angle bracket")))
        .isEqualTo(Map.of("100001", 2.0, "100002", 0.0));
    assertThat(dataset.problems().first())
        .containsExactly(
            "train.csv line 5: found product_uid '100009', expected one of product_descriptions.csv.",
            "train.csv line 6: found relevance 'good', expected a number.");
  }

  @Test
  void readsIcecatOfChorus() {
    write(
        "icecat-products-150k.json",
        "[{\"id\": \"1\", \"name\": \"TC52\", \"title\": \"Zebra TC52 handheld\", \"supplier\": \"Zebra\",",
        "  \"short_description\": \"rugged\", \"product_type\": \"PDA\", \"attr_t_colour\": \"black\", \"price\": 3},",
        " {\"id\": \"2\", \"name\": \"Bluetooth speaker\", \"ean\": [\"1\"]},",
        " {\"id\": \"3\"}]");
    write(
        "Broad_Query_Set_rated.csv",
        "query,docid,rating",
        "pda,1,3",
        "\"speaker, small\",2,2",
        "pda,9,1",
        "pda,2,x");

    Dataset dataset = DatasetReader.read(directory);

    assertThat(DatasetFormat.of(directory)).isEqualTo(DatasetFormat.CHORUS);
    Product handheld = dataset.products().get(0);
    assertThat(handheld)
        .isEqualTo(
            new Product(
                "1", "Zebra TC52 handheld", "rugged", "PDA", "Zebra", Map.of("t_colour", "black")));
    assertThat(dataset.products().get(1).title()).isEqualTo("Bluetooth speaker");
    assertThat(dataset.scale()).isEqualTo(GradeScale.FROM_ZERO);
    assertThat(dataset.relevant(query(dataset, "speaker, small"))).containsExactly("2");
    assertThat(dataset.problems().first())
        .containsExactly(
            "icecat-products-150k.json line 4: found a product without id or title, expected both.",
            "Broad_Query_Set_rated.csv line 4: found docid '9', expected one of icecat-products-150k.json.",
            "Broad_Query_Set_rated.csv line 5: found rating 'x', expected a number.");
  }

  @Test
  void readsEsci() throws IOException {
    parquet(
        EsciFiles.EXAMPLES,
        EXAMPLES,
        List.of(
            List.of("10", "ps 4 games", "A1", "us", "E", "1"),
            List.of("10", "ps 4 games", "A2", "us", "S", "1"),
            List.of("10", "ps 4 games", "A3", "us", "Q", "1"),
            List.of("10", "ps 4 games", "A9", "us", "C", "1"),
            List.of("11", "juegos", "A1", "es", "E", "1"),
            List.of("12", "large version", "A1", "us", "E", "0")));
    parquet(
        EsciFiles.PRODUCTS,
        PRODUCTS,
        List.of(
            List.of("A1", "Spiderman", "Sony", "red", "us"),
            List.of("A2", "Console", "Sony", "", "us"),
            List.of("A2", "Consola", "Sony", "", "es"),
            List.of("A8", "Unjudged", "Sony", "", "us")));

    Dataset dataset = DatasetReader.read(directory);

    assertThat(DatasetFormat.of(directory)).isEqualTo(DatasetFormat.ESCI);
    assertThat(dataset.products())
        .extracting(Product::title)
        .containsExactly("Spiderman", "Console");
    assertThat(dataset.products().get(0).attributes()).isEqualTo(Map.of("colour", "red"));
    assertThat(dataset.queries()).extracting(JudgedQuery::text).containsExactly("ps 4 games");
    assertThat(dataset.gains(query(dataset, "ps 4 games"))).isEqualTo(Map.of("A1", 1.0, "A2", .1));
    assertThat(dataset.problems().first())
        .containsExactly(
            EsciFiles.EXAMPLES + " line 3: found esci_label 'Q', expected E, S, C or I.",
            EsciFiles.EXAMPLES
                + " line 4: found product_id 'A9', expected one of "
                + EsciFiles.PRODUCTS
                + ".");
  }

  @Test
  void namesAParquetFileThatIsNone() {
    write(EsciFiles.EXAMPLES, "nonsense");
    write(EsciFiles.PRODUCTS, "nonsense");

    assertThatThrownBy(() -> DatasetReader.read(directory))
        .isInstanceOf(UnreadableDatasetException.class)
        .hasMessageContaining(EsciFiles.EXAMPLES + " breaks after row 0")
        .hasMessageContaining("Expected a parquet file");
  }

  @Test
  void namesATableWithOtherColumns() {
    write("product.csv", "product_id\tname", "1\tbed");
    write("query.csv", "query_id\tquery", "1\tbed");
    write("label.csv", "query_id\tproduct_id\tlabel", "1\t1\tExact");

    assertThatThrownBy(() -> DatasetReader.read(directory))
        .isInstanceOf(UnreadableDatasetException.class)
        .hasMessageContaining("product.csv line 1: found columns [product_id, name]");
  }

  @Test
  void judgesOtherQueriesOverTheSameCatalogue(@TempDir Path elsewhere) {
    Path shop = new DatasetDirectory(directory).path();
    new DatasetDirectory(elsewhere)
        .write("q.tsv", "query_id\tquery", "h1\tfloor lamp")
        .write("j.tsv", "query_id\tproduct_id\tgrade", "h1\tp2\t3", "h1\tp9\t0");

    Dataset dataset =
        DatasetReader.read(
            shop,
            DatasetOptions.DEFAULT.withJudgments(
                elsewhere.resolve("q.tsv"), elsewhere.resolve("j.tsv")));

    assertThat(dataset.queries()).extracting(JudgedQuery::text).containsExactly("floor lamp");
    assertThat(dataset.problems().count()).isEqualTo(1);
  }

  private static JudgedQuery query(Dataset dataset, String text) {
    return dataset.queries().stream().filter(q -> q.text().equals(text)).findFirst().orElseThrow();
  }

  private void write(String file, String... lines) {
    try {
      Files.writeString(directory.resolve(file), String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void parquet(String file, MessageType schema, List<List<String>> rows)
      throws IOException {
    try (ParquetWriter<List<String>> out =
        ParquetWriter.writeFile(
            schema,
            directory.resolve(file).toFile(),
            (row, cells) -> {
              for (int i = 0; i < row.size(); i++) {
                boolean number = schema.getType(i).asPrimitiveType().toString().contains("int64");
                Object value = number ? Long.valueOf(row.get(i)) : row.get(i);
                cells.write(schema.getFieldName(i), value);
              }
            })) {
      for (List<String> row : rows) {
        out.write(row);
      }
    }
  }
}
