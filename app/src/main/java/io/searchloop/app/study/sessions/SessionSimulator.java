package io.searchloop.app.study.sessions;

import io.searchloop.app.dataset.CatalogueChange;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.Product;
import io.searchloop.trainer.warmstart.NoiseChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Shoppers with a judged product in mind, of one side of the split. Each types two to four queries
 * in vain and then the judged query that has the product. A query in vain is, equally likely, some
 * words of the successful one, a misspelling of it or of such words, the kind of the product, or
 * another judged query of the same side that has the product; of those before the last, one in five
 * is from another errand. Nothing of the other sides is read, so sessions to learn from and
 * sessions to judge by share no cluster of queries.
 *
 * <p>Earlier queries tell of the intent because they are made from it: how much a real session
 * tells is not known from this. One thread.
 */
final class SessionSimulator {
  private static final int MOST_EARLIER = 3;
  private static final double ANOTHER_ERRAND = .2;
  private static final int TRIES = 8;

  private enum Attempt {
    SHORTENED,
    MISSPELT,
    KIND,
    RELATED
  }

  private final Dataset dataset;
  private final NoiseChannel noise;
  private final RandomGenerator random;
  private final Map<String, Product> products;
  private final List<JudgedQuery> endings;
  private final List<String> typed;
  private final Map<String, List<String>> wanted = new HashMap<>();

  /**
   * @param side whose queries shoppers know
   * @param noise how they misspell
   */
  SessionSimulator(Dataset dataset, Split side, NoiseChannel noise, RandomGenerator random) {
    this.dataset = dataset;
    this.noise = noise;
    this.random = random;
    this.products =
        dataset.products().stream().collect(Collectors.toMap(Product::id, product -> product));
    List<JudgedQuery> queries = dataset.queries(side);
    this.typed = queries.stream().map(query -> QueryText.normalise(query.text())).toList();
    Set<String> misspelt = new TreeSet<>();
    dataset.corrections().keySet().forEach(query -> misspelt.add(QueryText.normalise(query)));
    this.endings =
        queries.stream()
            .filter(query -> !misspelt.contains(QueryText.normalise(query.text())))
            .filter(query -> !stocked(query).isEmpty())
            .toList();
    queries.forEach(
        query ->
            stocked(query)
                .forEach(
                    product ->
                        wanted
                            .computeIfAbsent(product, id -> new ArrayList<>())
                            .add(QueryText.normalise(query.text()))));
  }

  /**
   * Sessions in the order of the queries they end with, which are well spelt as far as is known.
   *
   * @param each how many end with a query; fewer where its words allow no other
   */
  List<ShoppingSession> sessions(int each) {
    List<ShoppingSession> sessions = new ArrayList<>();
    for (JudgedQuery ending : endings) {
      for (int i = 0; i < each; i++) {
        session(ending).ifPresent(sessions::add);
      }
    }
    return sessions;
  }

  private Optional<ShoppingSession> session(JudgedQuery ending) {
    String next = QueryText.normalise(ending.text());
    String product = one(stocked(ending));
    String kind = kind(product);
    Set<String> inVain = new LinkedHashSet<>();
    int wishes = 2 + random.nextInt(MOST_EARLIER);
    for (int tries = 0; inVain.size() < wishes && tries < TRIES; tries++) {
      // The first drawn is the last typed, so it is always of this errand.
      boolean astray = !inVain.isEmpty() && random.nextDouble() < ANOTHER_ERRAND;
      String query = astray ? one(typed) : attempt(next, product, kind);
      if (!query.equals(next)) {
        inVain.add(query);
      }
    }
    if (inVain.size() < 2) {
      return Optional.empty();
    }
    List<String> drawn = List.copyOf(inVain);
    return Optional.of(
        new ShoppingSession(drawn.subList(1, drawn.size()), drawn.get(0), next, product, kind));
  }

  private String attempt(String next, String product, String kind) {
    return switch (one(List.of(Attempt.values()))) {
      case SHORTENED -> shortened(next);
      case MISSPELT -> noise.misspell(random.nextBoolean() ? next : shortened(next), random);
      case KIND -> kind.isEmpty() ? shortened(next) : kind;
      case RELATED -> one(wanted.getOrDefault(product, List.of(next)));
    };
  }

  /** Some of the words, in their order; a single word stays. */
  private String shortened(String text) {
    List<String> words = new ArrayList<>(List.of(text.split(" ")));
    int kept = 1 + random.nextInt(Math.max(1, words.size() - 1));
    while (words.size() > kept) {
      words.remove(random.nextInt(words.size()));
    }
    return String.join(" ", words);
  }

  private String kind(String product) {
    Product found = products.get(product);
    return found == null ? "" : QueryText.normalise(CatalogueChange.kind(found));
  }

  private List<String> stocked(JudgedQuery query) {
    return dataset.relevant(query).stream().filter(products::containsKey).toList();
  }

  private <T> T one(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
