package io.searchloop.search.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Remembers what one catalogue epoch answers, where shoppers ask the same again and finding out
 * costs more than a look. An epoch never changes, so what is remembered is never stale. What was
 * asked longest ago is forgotten first.
 *
 * <p>Any thread; two that ask something new at once both find out.
 */
public final class Remembered<K, V> {
  private static final float LOAD_FACTOR = .75f;

  private final Function<? super K, ? extends V> answer;
  private final Map<K, V> answers;

  /**
   * @param most answers that are kept
   * @param answer finds out
   */
  public Remembered(int most, Function<? super K, ? extends V> answer) {
    this.answer = answer;
    this.answers =
        Collections.synchronizedMap(
            new LinkedHashMap<>(16, LOAD_FACTOR, true) {
              private static final long serialVersionUID = 1L;

              @Override
              protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
              }
            });
  }

  /** The answer, found out unless it is remembered. */
  public V of(K question) {
    V known = answers.get(question);
    if (known == null) {
      known = answer.apply(question);
      answers.put(question, known);
    }
    return known;
  }
}
