package io.searchloop.app.simulation;

import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.schemas.SearchEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** Whoever searches. Used by one thread at a time. */
interface Visitor {

  /** All of the visitor's chance. */
  RandomGenerator random();

  /**
   * Types the query and reacts to the page.
   *
   * @return everything that follows, in the order of event time; the first two happen now. Times
   *     are taken after the answer, so that no event precedes the decision it belongs to
   */
  List<SearchEvent> search(JudgedQuery intent, StorefrontClient shop, InstantSource clock);
}
