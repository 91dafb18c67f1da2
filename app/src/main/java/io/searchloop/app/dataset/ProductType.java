package io.searchloop.app.dataset;

import java.util.List;

/**
 * A kind of product, as the catalogue and as shoppers call it.
 *
 * @param department where it is sold; its brands, materials and sizes apply
 * @param category catalogue category
 * @param noun what the catalogue calls it
 * @param gapPhrases what shoppers also call it, in words the catalogue never uses
 */
record ProductType(Department department, String category, String noun, List<String> gapPhrases) {

  /**
   * Part of the shop with its own vocabulary.
   *
   * @param name for reading only
   * @param sizes size names
   * @param brands invented brands
   * @param materials materials or finishes
   */
  record Department(String name, List<String> sizes, List<String> brands, List<String> materials) {}
}
