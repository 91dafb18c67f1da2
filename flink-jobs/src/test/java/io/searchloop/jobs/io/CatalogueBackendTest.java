package io.searchloop.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Product;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueBackendTest {
  private static final List<Product> RECORDS =
      List.of(
          product("sofa", 1),
          product("lamp", 1),
          marker(1),
          product("sofa", 2),
          marker(2),
          product("desk", 3));

  @Test
  void whatTheNewestCompleteEpochLacksWasWithdrawn() {
    long epoch = CatalogueBackend.newestEpoch(RECORDS);

    assertThat(epoch).as("the third has no marker yet").isEqualTo(2);
    assertThat(CatalogueBackend.products(RECORDS, epoch))
        .extracting(io.searchloop.search.engine.Product::id)
        .containsExactly("sofa");
  }

  @Test
  void thereIsNothingBeforeTheFirstEpoch() {
    List<Product> begun = List.of(product("sofa", 1));

    assertThat(CatalogueBackend.newestEpoch(begun)).isZero();
    assertThat(CatalogueBackend.products(begun, 0)).isEmpty();
  }

  private static Product product(String id, long epoch) {
    return Product.newBuilder().setProductId(id).setTitle(id).setEpoch(epoch).build();
  }

  private static Product marker(long epoch) {
    return Product.newBuilder()
        .setProductId("epoch/" + epoch)
        .setTitle("shop")
        .setEpoch(epoch)
        .setEpochMarker(true)
        .build();
  }
}
