package io.searchloop.streams.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many phrases that are looked for in one text; found by their first word. Immutable. */
final class Phrases {
  private final Map<String, List<List<String>>> byFirst = new HashMap<>();

  /**
   * @param phrases words in a row, at least one each
   */
  Phrases(List<List<String>> phrases) {
    phrases.forEach(
        words -> byFirst.computeIfAbsent(words.get(0), first -> new ArrayList<>()).add(words));
  }

  /** The phrases that a text has, in its order. */
  Stream<List<String>> in(List<String> text) {
    return IntStream.range(0, text.size())
        .boxed()
        .flatMap(
            at ->
                byFirst.getOrDefault(text.get(at), List.of()).stream()
                    .filter(phrase -> startsWith(text.subList(at, text.size()), phrase)));
  }

  private static boolean startsWith(List<String> text, List<String> phrase) {
    return text.size() >= phrase.size() && text.subList(0, phrase.size()).equals(phrase);
  }
}
