package io.searchloop.search.engine;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A query as shops write it for engines without ranking by any term: every group must be met by one
 * of its alternatives. Example: {@code ((ps 4 OR playstation 4) AND games)}.
 *
 * @param groups alternatives of each part of the query, as a person would type them; the words of
 *     one alternative must all be there
 */
public record BooleanForm(List<List<String>> groups) implements QueryForm {

  /** Copies the groups; a group without an alternative could never be met. */
  public BooleanForm {
    groups = groups.stream().map(List::copyOf).toList();
    if (groups.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException(
          "Boolean form %s has a group without alternatives, expected at least one in each. Leave the group out."
              .formatted(groups));
    }
  }

  /** The form as text, the way shops store it. */
  @Override
  public String toString() {
    return groups.stream()
        .map(group -> group.size() == 1 ? group.get(0) : join(group, " OR "))
        .collect(Collectors.collectingAndThen(Collectors.toList(), all -> join(all, " AND ")));
  }

  private static String join(List<String> parts, String with) {
    return "(" + String.join(with, parts) + ")";
  }
}
