package io.searchloop.app.replay;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;

/** Where reconstructed records go. */
interface Outlet {
  void accept(Decision decision);

  void accept(SearchEvent event);
}
