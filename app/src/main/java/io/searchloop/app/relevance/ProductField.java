package io.searchloop.app.relevance;

import io.searchloop.search.engine.Product;
import java.util.regex.Pattern;

/** Parts of a product whose words are weighed apart: a word of the title says more than another. */
enum ProductField {
  TITLE,
  /** The title up to its first comma, bracket or "in", "with", "for": it ends in what it is. */
  HEAD,
  DESCRIPTION,
  BRAND,
  ATTRIBUTES,
  CATEGORY;

  private static final Pattern AFTER_HEAD =
      Pattern.compile(" in | with | for |[(,]| - ", Pattern.CASE_INSENSITIVE);

  String of(Product product) {
    return switch (this) {
      case TITLE -> product.title();
      case HEAD -> AFTER_HEAD.split(product.title(), 2)[0];
      case DESCRIPTION -> product.description();
      case BRAND -> product.brand();
      case ATTRIBUTES -> String.join("\n", product.attributes().values());
      case CATEGORY -> product.category();
    };
  }
}
