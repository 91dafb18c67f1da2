package io.searchloop.app.dataset;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.fuzzing.Parts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** WANDS, Home Depot and Chorus as others publish them; the first byte chooses. */
class PublicShopsFuzz {
  private static final List<ShopFolder> SHOPS =
      List.of(
          new ShopFolder(
              Parts.folder("wands"),
              List.of(WandsFiles.PRODUCTS, WandsFiles.QUERIES, WandsFiles.LABELS)),
          new ShopFolder(
              Parts.folder("homedepot"),
              List.of(HomeDepotFiles.TRAIN, HomeDepotFiles.DESCRIPTIONS, "attributes.csv")),
          new ShopFolder(
              Parts.folder("chorus"), List.of("icecat-products.json", "rated.csv", "unused")));

  static Stream<byte[]> seeds() {
    return Stream.of(
        Parts.join(
            "\0product_id\tproduct_name\tproduct_class\tcategory hierarchy\tproduct_description"
                + "\tproduct_features\n"
                + "0\twood bed\tBeds\tFurniture / Beds\t\"good, \"\"deep\"\"\tsleep\"\tcolor :"
                + " oak|color:ash\n"
                + "1\tcooker\tCookers\tKitchen\tslow\t\n",
            "query_id\tquery\n0\tsalon chair\n1\twood bed\n",
            "id\tquery_id\tproduct_id\tlabel\n0\t1\t0\tExact\n1\t1\t1\tPartial\n"),
        Parts.join(
            "\1\"id\",\"product_uid\",\"product_title\",\"search_term\",\"relevance\"\n"
                + "2,100001,\"Angle\",\"angle bracket\",3\n"
                + "3,100001,\"Angle\",\"l bracket\",2.5\n",
            "\"product_uid\",\"product_description\"\n100001,\"Not only,\nthey also last\"\n",
            "\"product_uid\",\"name\",\"value\"\n100001,\"MFG Brand Name\",\"Simpson\"\n,,\n"),
        Parts.join(
            "\2[{\"id\":\"1\",\"title\":\"Sofa\",\"attr_colour\":\"red\",\"brand\":\"N\"},{\"id\":2,\"name\":\"Lamp\"}]",
            "query,docid,rating\nsofa,1,3\nsofa,2,0\n"));
  }

  @MethodSource("seeds")
  @FuzzTest
  void reads(byte[] input) throws Exception {
    if (input.length > 0) {
      List<byte[]> parts = Parts.of(Arrays.copyOfRange(input, 1, input.length), 3);
      Bounds.within(input.length, () -> SHOPS.get((input[0] & 0xff) % SHOPS.size()).read(parts));
    }
  }
}
