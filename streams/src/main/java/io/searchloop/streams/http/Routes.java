package io.searchloop.streams.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the route of a request among exact paths. */
final class Routes {
  private final Map<String, List<Route>> byPath;

  Routes(List<Route> routes) {
    this.byPath = routes.stream().collect(Collectors.groupingBy(Route::path));
  }

  /**
   * The route of a request.
   *
   * @throws ProblemException when nothing is at the path, or the method does nothing there
   */
  Route find(String method, String path) {
    List<Route> candidates = byPath.getOrDefault(path, List.of());
    if (candidates.isEmpty()) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "Nothing at this path, expected one of %s."
              .formatted(byPath.keySet().stream().sorted().toList()));
    }
    return candidates.stream()
        .filter(route -> route.method().equals(method))
        .findFirst()
        .orElseThrow(() -> methodNotAllowed(candidates));
  }

  /** The path as a metric label: requests to unknown paths must not create series. */
  String label(String path) {
    return byPath.containsKey(path) ? path : "other";
  }

  private static ProblemException methodNotAllowed(List<Route> candidates) {
    String allowed =
        candidates.stream().map(Route::method).sorted().collect(Collectors.joining(", "));
    return new ProblemException(
        ProblemType.METHOD_NOT_ALLOWED,
        "This path answers " + allowed + ".",
        Map.of("Allow", allowed));
  }
}
