package io.searchloop.app.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what pages are worth to the shopper who typed a query; asked by several threads at once. */
public interface Judge {

  /**
   * An opinion of each page, in order; empty where the judge could not tell, which is not a bad
   * opinion.
   *
   * @param query as typed
   */
  List<Optional<Opinion>> judge(String query, List<Page> pages);

  /** Pages that stayed without an opinion so far, by reason. */
  default Map<String, Long> failures() {
    return Map.of();
  }
}
