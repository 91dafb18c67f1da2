package io.searchloop.app.study.bandit;

import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.search.arms.SynonymDictionary;
import io.searchloop.search.engine.Product;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Products are withdrawn and replaced by the same under other words: every not too common title
 * word for which the dictionary knows another is written the other way, as a new supplier might.
 * Who types the old word finds them by synonyms alone. The new products have new ids, and the
 * judgments of the old.
 *
 * @param products the catalogue after the change
 * @param replaced old id to new id
 */
record Renaming(List<Product> products, Map<String, String> replaced) {
  /** Words in a larger share of the titles stay. */
  private static final double COMMON = .01;

  static Renaming of(List<Product> products, SynonymDictionary dictionary) {
    Map<String, String> words = words(products, dictionary);
    List<Product> after = new ArrayList<>();
    Map<String, String> replaced = new LinkedHashMap<>();
    for (Product product : products) {
      String title = renamed(product.title(), words);
      if (title.equals(product.title())) {
        after.add(product);
      } else {
        String id = product.id() + "-renamed";
        replaced.put(product.id(), id);
        after.add(
            new Product(
                id,
                title,
                renamed(product.description(), words),
                product.category(),
                product.brand(),
                product.attributes()));
      }
    }
    return new Renaming(after, replaced);
  }

  /** The same wish after the change. */
  JudgedQuery intent(JudgedQuery query) {
    Map<String, Double> grades = new LinkedHashMap<>();
    query
        .grades()
        .forEach((product, grade) -> grades.put(replaced.getOrDefault(product, product), grade));
    return new JudgedQuery(query.id(), query.text(), query.popularity(), grades);
  }

  /** Word to other word. */
  private static Map<String, String> words(List<Product> products, SynonymDictionary dictionary) {
    Map<String, Integer> titles = new HashMap<>();
    for (Product product : products) {
      Arrays.stream(cut(product.title()))
          .map(word -> word.toLowerCase(Locale.ROOT))
          .distinct()
          .forEach(word -> titles.merge(word, 1, Integer::sum));
    }
    Map<String, String> words = new HashMap<>();
    titles.forEach(
        (word, count) -> {
          List<String> others = dictionary.of(word);
          if (!others.isEmpty() && count <= COMMON * products.size()) {
            words.put(word, others.get(0));
          }
        });
    return words;
  }

  private static String renamed(String text, Map<String, String> words) {
    StringBuilder renamed = new StringBuilder();
    for (String word : cut(text)) {
      renamed.append(words.getOrDefault(word.toLowerCase(Locale.ROOT), word));
    }
    return renamed.toString();
  }

  /** Words and the blanks between them. */
  private static String[] cut(String text) {
    return text.split("(?<=\\s)|(?=\\s)", -1);
  }
}
