package io.searchloop.app.console.view;

import io.searchloop.schemas.Product;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Titles of products, so that people read words where the topics hold ids. Of a catalogue of more
 * than {@link #MOST} products it knows the first; the others go by their ids. Thread-safe.
 */
final class Titles {
  /** Titles remembered. */
  static final int MOST = 100_000;

  private final ConcurrentMap<String, String> titles = new ConcurrentHashMap<>();

  void add(Product product) {
    if (!product.getEpochMarker() && titles.size() < MOST && !product.getTitle().isBlank()) {
      titles.put(product.getProductId(), product.getTitle());
    }
  }

  /** Title of a product, or its id. */
  String of(String productId) {
    return titles.getOrDefault(productId, productId);
  }
}
