package io.searchloop.app.simulation;

import io.searchloop.schemas.SearchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Shows the pages it is told to and remembers everything. */
final class FakeStorefront implements StorefrontClient {
  private final Function<String, List<String>> pages;
  private final List<String> queries = new ArrayList<>();
  private final List<List<SearchEvent>> batches = new ArrayList<>();
  private boolean down;
  private boolean refusing;

  FakeStorefront(Function<String, List<String>> pages) {
    this.pages = pages;
  }

  void setDown(boolean down) {
    this.down = down;
  }

  void refuseForGood() {
    refusing = true;
  }

  @Override
  public SearchPage search(String query, String clientId, String sessionId) {
    fail();
    queries.add(query);
    return new SearchPage("q" + queries.size(), "", 1, pages.apply(query));
  }

  @Override
  public void send(List<SearchEvent> events) {
    fail();
    batches.add(List.copyOf(events));
  }

  List<String> queries() {
    return queries;
  }

  List<List<SearchEvent>> batches() {
    return batches;
  }

  Stream<SearchEvent> events() {
    return batches.stream().flatMap(List::stream);
  }

  private void fail() {
    if (down || refusing) {
      throw new StorefrontException("closed for the test", !refusing, null);
    }
  }
}
