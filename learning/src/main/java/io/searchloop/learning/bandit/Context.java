package io.searchloop.learning.bandit;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What kind of search it is, from wide to narrow: {@code [unknown-word, "lite bulb"]} is a search
 * for "lite bulb", one of those with a word that the catalogue lacks. What is learned of the wider
 * kind is believed of the narrower until that has evidence of its own.
 *
 * <p>Searches of the widest kind should have the same arms to choose from: means of arms that were
 * tried on different queries say more of the queries than of the arms.
 *
 * @param path kinds, the widest first; empty for one kind of search only
 */
public record Context(List<String> path) {
  /** All searches alike. */
  public static final Context NONE = new Context(List.of());

  public Context {
    path = List.copyOf(path);
  }

  /** Kinds from wide to narrow. */
  public static Context of(String... path) {
    return new Context(List.of(path));
  }

  /** The kinds it is of from wide to narrow; all searches where it names none. */
  List<Context> levels() {
    return IntStream.rangeClosed(Math.min(1, path.size()), path.size())
        .mapToObj(depth -> new Context(path.subList(0, depth)))
        .toList();
  }
}
