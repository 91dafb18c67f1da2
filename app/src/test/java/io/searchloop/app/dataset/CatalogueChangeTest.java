package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.train.TinyTraining;
import io.searchloop.search.engine.Product;
import io.searchloop.trainer.warmstart.WarmStartText;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueChangeTest {
  private final Dataset shop = TinyTraining.shop();
  private final CatalogueChange change = CatalogueChange.of(shop, 1);

  @Test
  void oneLargeKindArrivesAndAnotherIsWithdrawn() {
    Set<String> before = ids(change.before());
    Set<String> after = ids(change.after());
    Set<String> arrived = new HashSet<>(after);
    arrived.removeAll(before);
    Set<String> withdrawn = new HashSet<>(before);
    withdrawn.removeAll(after);

    assertThat(kinds(arrived)).hasSize(1);
    assertThat(kinds(withdrawn)).hasSize(1).doesNotContainAnyElementsOf(kinds(arrived));
    assertThat(arrived).hasSize(change.arrived());
    assertThat(withdrawn).hasSize(change.withdrawn());
  }

  @Test
  void onlyQueriesThatStillFindSomethingGoodAreAsked() {
    Set<String> there = ids(change.before());

    assertThat(change.before().queries()).hasSizeLessThan(shop.queries().size());
    assertThat(change.before().queries())
        .allSatisfy(
            query -> {
              assertThat(there).containsAll(query.grades().keySet());
              assertThat(change.before().gains(query).values()).anyMatch(gain -> gain > 0);
            });
  }

  @Test
  void historyOfQueriesThatAreNotThereGoesWithThem() {
    Set<String> gone = clusters(shop.queries());
    gone.removeAll(clusters(change.before().queries()));

    assertThat(clustersOfHistory(shop)).containsAnyElementsOf(gone);
    assertThat(clustersOfHistory(change.before())).isNotEmpty().doesNotContainAnyElementsOf(gone);
  }

  @Test
  void nothingLearnedLeadsToAHeldOutQueryOfTheWholeShop() {
    Set<String> heldOut =
        clusters(
            shop.queries().stream()
                .filter(query -> shop.split().of(query.text()) != Split.TRAIN)
                .toList());
    WarmStartText text = TrainingText.of(change.before());

    assertThat(text.coClicks()).isNotEmpty();
    assertThat(Stream.concat(text.coClicks().stream(), text.corrections().stream()))
        .noneMatch(pair -> heldOut.contains(shop.split().cluster(pair.target())));
  }

  @Test
  void theKindOfATitleIsItsLastWordBeforeWhatQualifiesIt() {
    assertThat(kind("Hampton Bay 1-Light Pendant in Bronze with Shade")).isEqualTo("pendant");
    assertThat(kind("2 in. x 4 ft. Pipe (10-Pack)")).isEqualTo("pipe");
    assertThat(CatalogueChange.kind(new Product("p", "Red Sofa", "", "Living room", "", Map.of())))
        .isEqualTo("Living room");
  }

  private static String kind(String title) {
    return CatalogueChange.kind(new Product("p", title, "", "", "", Map.of()));
  }

  private Set<String> kinds(Set<String> ids) {
    return shop.products().stream()
        .filter(product -> ids.contains(product.id()))
        .map(CatalogueChange::kind)
        .collect(Collectors.toSet());
  }

  private Set<String> clusters(List<JudgedQuery> queries) {
    return queries.stream()
        .map(query -> shop.split().cluster(query.text()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Of all that was typed, corrected to or clicked alike. */
  private Set<String> clustersOfHistory(Dataset dataset) {
    Set<String> texts = new HashSet<>(dataset.corrections().keySet());
    texts.addAll(dataset.corrections().values());
    dataset
        .coClicks()
        .counts()
        .forEach(
            (query, targets) -> {
              texts.add(query);
              texts.addAll(targets.keySet());
            });
    return texts.stream().map(shop.split()::cluster).collect(Collectors.toSet());
  }

  private static Set<String> ids(Dataset dataset) {
    List<Product> products = dataset.products();
    return products.stream().map(Product::id).collect(Collectors.toSet());
  }
}
