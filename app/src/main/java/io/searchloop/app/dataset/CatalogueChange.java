package io.searchloop.app.dataset;

import io.searchloop.search.engine.Product;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shop that changes what it sells. Of the largest kinds of products every second one is new
 * (missing before), and every other one is withdrawn (missing after). What people judged of
 * products that are not there is not known either, and queries that are left without a product that
 * gains are not asked. History of those queries goes with them: what is held out of the whole shop
 * stays unread where the query is not there to say so.
 *
 * @param before the shop as it was
 * @param after the shop as it is
 * @param arrived products that only {@code after} has
 * @param withdrawn products that only {@code before} has
 */
public record CatalogueChange(Dataset before, Dataset after, int arrived, int withdrawn) {
  /** What follows the thing itself in a title: "Pendant in Bronze with Shade". */
  private static final Pattern TAIL = Pattern.compile(" in | with | for |\\(|,");

  private static final Pattern WORD = Pattern.compile("[A-Za-z]{3,}");

  /**
   * Changes a shop.
   *
   * @param kinds how many kinds arrive, and how many are withdrawn
   */
  public static CatalogueChange of(Dataset shop, int kinds) {
    Map<String, Integer> sizes = new HashMap<>();
    shop.products().forEach(product -> sizes.merge(kind(product), 1, Integer::sum));
    List<String> largest =
        sizes.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(2L * kinds)
            .map(Map.Entry::getKey)
            .toList();
    Set<String> arriving = new HashSet<>();
    Set<String> leaving = new HashSet<>();
    for (int i = 0; i < largest.size(); i++) {
      (i % 2 == 0 ? arriving : leaving).add(largest.get(i));
    }
    Dataset before = without(shop, arriving);
    Dataset after = without(shop, leaving);
    int all = shop.products().size();
    return new CatalogueChange(
        before, after, all - before.products().size(), all - after.products().size());
  }

  /**
   * The category where a shop has one, else the last word of a title before what qualifies it:
   * "pendant" of "Hampton Bay 1-Light Pendant in Bronze".
   */
  public static String kind(Product product) {
    if (!product.category().isBlank()) {
      return product.category();
    }
    Matcher words = WORD.matcher(TAIL.split(product.title(), 2)[0]);
    String last = "";
    while (words.find()) {
      last = words.group();
    }
    return last.toLowerCase(Locale.ROOT);
  }

  private static Dataset without(Dataset shop, Set<String> kinds) {
    List<Product> products =
        shop.products().stream().filter(product -> !kinds.contains(kind(product))).toList();
    Set<String> ids = new HashSet<>();
    products.forEach(product -> ids.add(product.id()));
    List<JudgedQuery> queries = new ArrayList<>();
    for (JudgedQuery query : shop.queries()) {
      Map<String, Double> grades = new LinkedHashMap<>(query.grades());
      grades.keySet().retainAll(ids);
      if (grades.values().stream().anyMatch(grade -> shop.scale().gain(grade) > 0)) {
        queries.add(new JudgedQuery(query.id(), query.text(), query.popularity(), grades));
      }
    }
    Set<String> gone = clusters(shop, shop.queries());
    gone.removeAll(clusters(shop, queries));
    Predicate<String> there = text -> !gone.contains(shop.split().cluster(text));
    return new Dataset(
        shop.name(),
        products,
        queries,
        shop.scale(),
        corrections(shop, there),
        shop.coClicks().among(there),
        shop.problems(),
        shop.split());
  }

  private static Set<String> clusters(Dataset shop, List<JudgedQuery> queries) {
    Set<String> clusters = new HashSet<>();
    queries.forEach(query -> clusters.add(shop.split().cluster(query.text())));
    return clusters;
  }

  private static Map<String, String> corrections(Dataset shop, Predicate<String> there) {
    Map<String, String> corrections = new LinkedHashMap<>(shop.corrections());
    corrections.entrySet().removeIf(e -> !there.test(e.getKey()) || !there.test(e.getValue()));
    return corrections;
  }
}
