package io.searchloop.app.dataset;

import io.searchloop.search.engine.Product;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A generated product together with the facts it was made from, which is what judgments go by.
 *
 * @param product as the catalogue shows it
 * @param type what kind it is
 * @param brand its brand
 * @param material its material or finish
 * @param colour its colour
 */
record StockedProduct(
    Product product, ProductType type, String brand, String material, String colour) {
  private static final List<String> QUALITIES =
      List.of("practical", "elegant", "sturdy", "modern", "classic", "everyday");
  private static final List<String> OCCASIONS =
      List.of("daily use", "a gift", "the weekend", "busy homes", "beginners", "demanding users");

  /** A catalogue in which every type has nearly as many products as any other. */
  static List<StockedProduct> stock(ShopWords words, int products, RandomGenerator random) {
    List<StockedProduct> stock = new ArrayList<>(products);
    for (int i = 0; i < products; i++) {
      ProductType type = words.types().get(i % words.types().size());
      stock.add(make(String.format(Locale.ROOT, "g%05d", i + 1), type, words.colours(), random));
    }
    return List.copyOf(stock);
  }

  /** Whether the product has the property; every product has the absence of one. */
  boolean has(Facet facet) {
    return switch (facet.kind()) {
      case NONE -> true;
      case BRAND -> brand.equals(facet.value());
      case MATERIAL -> material.equals(facet.value());
      case COLOUR -> colour.equals(facet.value());
    };
  }

  /** The property of this product of the given kind. */
  Facet facet(Facet.Kind kind) {
    return switch (kind) {
      case NONE -> Facet.NONE;
      case BRAND -> new Facet(kind, brand);
      case MATERIAL -> new Facet(kind, material);
      case COLOUR -> new Facet(kind, colour);
    };
  }

  private static StockedProduct make(
      String id, ProductType type, List<String> colours, RandomGenerator random) {
    ProductType.Department department = type.department();
    String brand = Draw.one(department.brands(), random);
    String material = Draw.one(department.materials(), random);
    String colour = Draw.one(colours, random);
    String size = Draw.one(department.sizes(), random);
    String title = String.join(" ", brand, capitalise(colour), material, type.noun(), size);
    String description =
        "A %s %s in %s %s by %s, made for %s."
            .formatted(
                Draw.one(QUALITIES, random),
                type.noun(),
                colour,
                material,
                brand,
                Draw.one(OCCASIONS, random));
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("colour", colour);
    attributes.put("material", material);
    attributes.put("size", size);
    Product product = new Product(id, title, description, type.category(), brand, attributes);
    return new StockedProduct(product, type, brand, material, colour);
  }

  private static String capitalise(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
