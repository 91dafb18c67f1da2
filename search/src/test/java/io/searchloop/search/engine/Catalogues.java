package io.searchloop.search.engine;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Small catalogues for tests. */
public final class Catalogues {
  private Catalogues() {}

  /** A product with a title alone. */
  public static Product titled(String id, String title) {
    return new Product(id, title, "", "", "", Map.of());
  }

  /** An engine over titles; ids count from 1. */
  public static LuceneSearchEngine ofTitles(String... titles) {
    List<Product> products =
        IntStream.range(0, titles.length)
            .mapToObj(i -> titled(String.valueOf(i + 1), titles[i]))
            .toList();
    return LuceneSearchEngine.index(products, 7, Bm25.DEFAULT);
  }
}
