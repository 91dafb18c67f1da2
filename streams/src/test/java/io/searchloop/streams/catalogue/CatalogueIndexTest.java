package io.searchloop.streams.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.Product;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.DelegatedRetrieval;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.query.SearchRule;
import io.searchloop.streams.lease.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueIndexTest {
  private final List<Long> indexed = new ArrayList<>();
  private final CatalogueIndex index =
      new CatalogueIndex(
          engine -> CatalogueEpoch.of(engine, SearchRule.DEFAULT, List.of()),
          (epoch, size) -> indexed.add(epoch));

  @Test
  void waitsForTheMarkerOfAnEpoch() {
    index.accept(product("p1", 1));
    index.settle();
    assertThat(index.acquire()).isEmpty();
    assertThat(index.indexed()).isNotDone();

    index.accept(marker(1));
    index.settle();

    assertThat(index.indexed()).isDone();
    assertThat(found()).containsExactly("p1");
  }

  @Test
  void searchesOnlyTheNewestCompleteEpoch() {
    index.accept(product("p1", 1));
    index.accept(marker(1));
    index.settle();
    index.accept(product("p2", 2));
    index.settle();
    assertThat(found()).containsExactly("p1");

    index.accept(marker(2));
    index.settle();
    index.settle();

    assertThat(found()).containsExactly("p2");
    assertThat(indexed).containsExactly(1L, 2L);
  }

  @Test
  void skipsEpochsThatWereReplacedBeforeTheyWereIndexed() {
    index.accept(product("p1", 1));
    index.accept(marker(1));
    index.accept(product("p2", 2));
    index.accept(marker(2));
    index.settle();

    assertThat(indexed).containsExactly(2L);
  }

  @Test
  void finishesSearchesOnTheEngineTheyBeganWith() {
    index.accept(product("p1", 1));
    index.accept(marker(1));
    index.settle();
    try (Lease<CatalogueEpoch> old = index.acquire().orElseThrow()) {
      index.accept(product("p2", 2));
      index.accept(marker(2));
      index.settle();

      assertThat(found(old.get().engine())).containsExactly("p1");
    }
    index.close();
    assertThat(index.acquire()).isEmpty();
  }

  @Test
  void triesAnEpochAgainThatCouldNotBeOpened() {
    List<LuceneSearchEngine> engines = new ArrayList<>();
    CatalogueIndex unlucky =
        new CatalogueIndex(
            engine -> {
              engines.add(engine);
              if (engines.size() == 1) {
                throw new IllegalStateException("not this time");
              }
              return CatalogueEpoch.of(engine, SearchRule.DEFAULT, List.of());
            },
            (epoch, size) -> indexed.add(epoch));
    unlucky.accept(product("p1", 1));
    unlucky.accept(marker(1));

    assertThatThrownBy(unlucky::settle).hasMessage("not this time");
    assertThatThrownBy(() -> found(engines.get(0))).hasMessageContaining("epoch 1 is closed");
    assertThat(unlucky.acquire()).isEmpty();
    unlucky.settle();

    assertThat(found(unlucky)).containsExactly("p1");
    assertThat(indexed).containsExactly(1L);
  }

  @Test
  void findsElsewhereWhatItKnowsItself() {
    LuceneSearchEngine elsewhere =
        LuceneSearchEngine.index(
            List.of(
                new io.searchloop.search.engine.Product("p1", "shoes", "", "", "", Map.of()),
                new io.searchloop.search.engine.Product("p9", "shoes", "", "", "", Map.of())),
            1,
            Bm25.DEFAULT);
    CatalogueIndex delegating =
        new CatalogueIndex(
            engine ->
                CatalogueEpoch.of(
                    engine,
                    new DelegatedRetrieval(elsewhere, engine),
                    SearchRule.DEFAULT.over(engine.vocabulary()),
                    List.of()),
            (epoch, size) -> indexed.add(size));
    delegating.accept(product("p1", 1));
    delegating.accept(marker(1));
    delegating.settle();

    assertThat(found(delegating)).containsExactly("p1", "p9");
    try (Lease<CatalogueEpoch> lease = delegating.acquire().orElseThrow()) {
      assertThat(lease.get().engine().product("p9")).isEmpty();
      assertThat(lease.get().engine().documents()).isEqualTo(1);
    }
    delegating.close();
    assertThatThrownBy(() -> found(elsewhere)).hasMessageContaining("epoch 1 is closed");
  }

  private List<String> found() {
    return found(index);
  }

  private static List<String> found(CatalogueIndex index) {
    try (Lease<CatalogueEpoch> lease = index.acquire().orElseThrow()) {
      return found(lease.get().engine());
    }
  }

  private static List<String> found(SearchEngine engine) {
    return engine.search(SearchQuery.identity("shoes"), 10).productIds();
  }

  private static Product product(String id, long epoch) {
    return Product.newBuilder().setProductId(id).setTitle("shoes").setEpoch(epoch).build();
  }

  private static Product marker(long epoch) {
    return Product.newBuilder()
        .setProductId("epoch/" + epoch)
        .setEpoch(epoch)
        .setEpochMarker(true)
        .build();
  }
}
