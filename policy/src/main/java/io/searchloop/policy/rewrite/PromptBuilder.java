package io.searchloop.policy.rewrite;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays out a prompt.
 *
 * <pre>
 *   BEGIN query SEPARATOR [locale SEPARATOR] [annotations SEPARATOR] [session SEPARATOR] [products SEPARATOR]
 * </pre>
 *
 * <p>A section that the options name is there even when it is empty, so its place tells what it is.
 * Room is claimed in this order and a text that finds too little loses its end; products share what
 * is left equally, so that the last is seen as well as the first. Within a section texts are parted
 * by semicolons. Immutable.
 */
final class PromptBuilder {
  private static final String PARTING = ";";

  private final Tokenizer tokenizer;
  private final RewriteOptions options;
  private final int longest;

  /**
   * @param longest tokens of the longest prompt, BEGIN and separators included
   */
  PromptBuilder(Tokenizer tokenizer, RewriteOptions options, int longest) {
    this.tokenizer = tokenizer;
    this.options = options;
    this.longest = longest;
  }

  int[] build(QueryContext context) {
    IntStream.Builder prompt = IntStream.builder().add(Tokenizer.BEGIN);
    int room = longest - 2 - options.sections();
    room -= section(prompt, cut(tokenizer.encode(context.query()), room));
    if (options.locale()) {
      room -= section(prompt, cut(tokenizer.encode(context.locale()), room));
    }
    if (options.annotations()) {
      room -= section(prompt, joined(context.annotations(), room));
    }
    if (options.sessionQueries() > 0) {
      room -= section(prompt, session(context.session(), room));
    }
    if (options.products() > 0) {
      section(prompt, products(context.products(), room));
    }
    return prompt.build().toArray();
  }

  private static int section(IntStream.Builder prompt, int[] tokens) {
    Arrays.stream(tokens).forEach(prompt::add);
    prompt.add(Tokenizer.SEPARATOR);
    return tokens.length;
  }

  private int[] joined(List<String> texts, int room) {
    return cut(tokenizer.encode(String.join(" " + PARTING + " ", texts)), room);
  }

  /** The newest queries, oldest first; the oldest fall out when room is short. */
  private int[] session(List<String> queries, int room) {
    int from = Math.max(0, queries.size() - options.sessionQueries());
    List<String> newest = queries.subList(from, queries.size());
    while (newest.size() > 1 && joined(newest, Integer.MAX_VALUE).length > room) {
      newest = newest.subList(1, newest.size());
    }
    return joined(newest, room);
  }

  private int[] products(List<String> notes, int room) {
    List<String> shown = notes.subList(0, Math.min(notes.size(), options.products()));
    int[] parting = tokenizer.encode(PARTING);
    IntStream.Builder tokens = IntStream.builder();
    int left = room;
    for (int i = 0; i < shown.size(); i++) {
      int[] before = i == 0 ? new int[0] : parting;
      int share = left / (shown.size() - i) - before.length;
      if (share < 1) {
        break;
      }
      int[] note = cut(tokenizer.encode(shown.get(i)), share);
      IntStream.concat(Arrays.stream(before), Arrays.stream(note)).forEach(tokens::add);
      left -= before.length + note.length;
    }
    return tokens.build().toArray();
  }

  private static int[] cut(int[] tokens, int room) {
    return tokens.length <= room ? tokens : Arrays.copyOf(tokens, Math.max(0, room));
  }
}
