package io.searchloop.app.dataset;

import io.searchloop.search.engine.Product;
import java.util.Map;
import java.util.Optional;

/**
 * A public dataset in the files its authors publish. Rows that cannot be used are added to the
 * problems by whoever reads them; what is missing as a whole throws {@link
 * UnreadableDatasetException}. Read once, by one thread.
 */
interface DatasetSource {
  /** Products by id, in the order of the files; at least one. */
  Map<String, Product> products();

  /** What people judged; at least one judgment. */
  Judgments judgments(Map<String, Product> products);

  /** What the grades are worth, where the format says it. */
  default Optional<GradeScale> scale() {
    return Optional.empty();
  }
}
