package io.searchloop.jobs.engine;

import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.relevance.Bm25Relevance;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * A real Lucene engine that does something first: nothing, fail, or wait. Stays in this JVM because
 * Flink ships functions as bytes.
 */
public final class TestBackend {
  /** Three words each. */
  static final List<Product> PRODUCTS =
      List.of(
          product("drill", "cordless drill set"),
          product("saw", "cordless saw blade"),
          product("bit", "drill bit set"),
          product("lamp", "desk lamp desk"));

  private static final Map<String, TestBackend> BACKENDS = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final Callable<?> before;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  /**
   * @param before runs before each search
   */
  public TestBackend(Callable<?> before) {
    this.before = before;
    BACKENDS.put(id, this);
  }

  /** An engine that fails so many searches before it answers. */
  static TestBackend failing(int times) {
    AtomicInteger left = new AtomicInteger(times);
    return new TestBackend(
        () -> {
          if (left.getAndDecrement() > 0) {
            throw new IllegalStateException("engine is away");
          }
          return null;
        });
  }

  public SerializableSupplier<SearchBackend> opening() {
    String key = id;
    return () -> BACKENDS.get(key).open();
  }

  int left() {
    return opened.get() - closed.get();
  }

  private SearchBackend open() {
    opened.incrementAndGet();
    SearchEngine lucene = LuceneSearchEngine.index(PRODUCTS, 7, Bm25.DEFAULT);
    RelevanceModel relevance = Bm25Relevance.of(PRODUCTS, Bm25.DEFAULT);
    return new SearchBackend() {
      @Override
      public SearchEngine engine() {
        return new Interrupted(lucene, before);
      }

      @Override
      public RelevanceModel relevance() {
        return relevance;
      }

      @Override
      public void close() {
        closed.incrementAndGet();
        lucene.close();
        relevance.close();
      }
    };
  }

  private static Product product(String id, String title) {
    return new Product(id, title, "", "", "", Map.of());
  }

  private record Interrupted(SearchEngine engine, Callable<?> before) implements SearchEngine {
    @Override
    public SearchResults search(SearchQuery query, int limit) {
      try {
        before.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return engine.search(query, limit);
    }

    @Override
    public long epoch() {
      return engine.epoch();
    }

    @Override
    public long documents() {
      return engine.documents();
    }

    @Override
    public Optional<Product> product(String productId) {
      return engine.product(productId);
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
