package io.searchloop.app.dataset;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.fuzzing.Parts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Products, queries, judgments, corrections and clicks in our own form. */
class NeutralShopFuzz {
  private static final List<String> FILES =
      List.of(
          DatasetReader.PRODUCTS,
          DatasetReader.QUERIES,
          DatasetReader.JUDGMENTS,
          CorrectionTable.NAME,
          DatasetReader.EVENTS);
  private static final ShopFolder JUDGED = new ShopFolder(Parts.folder("judged"), FILES);
  private static final ShopFolder CLICKED =
      new ShopFolder(
          Parts.folder("clicked"),
          List.of(DatasetReader.PRODUCTS, CorrectionTable.NAME, DatasetReader.EVENTS));

  static Stream<byte[]> seeds() {
    String products =
        "{\"id\":\"p1\",\"title\":\"Sofa\",\"brand\":\"Norvik\",\"attributes\":{\"seats\":3.0,\"colours\":[\"red\",2]}}\n"
            + "{\"id\":2,\"title\":\"Lamp\"}\n";
    String click =
        "{\"type\":\"search_click\",\"event_id\":7,\"user_id\":\"u1\",\"query\":\"couch\",\"product_id\":\"p1\",\"query_time\":\"2011-08-11"
            + " 03:59:04\",\"click_time\":\"2011-08-11T05:59:34.27+02:00\"}\n";
    return Stream.of(
        Parts.join(
            products,
            "query_id\tquery\nq1\tred sofa\nq2\tlamp\n",
            "query_id\tproduct_id\tgrade\nq1\tp1\t3\nq1\t2\t0\nq2\t2\t2\n",
            "query\tcorrected\nsfoa\tsofa\n",
            click));
  }

  @MethodSource("seeds")
  @FuzzTest
  void reads(byte[] input) throws Exception {
    List<byte[]> parts = Parts.of(input, FILES.size());
    Bounds.within(
        input.length,
        () -> {
          JUDGED.read(parts);
          CLICKED.read(List.of(parts.get(0), parts.get(3), parts.get(4)));
        });
  }
}
