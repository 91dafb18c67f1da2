package io.searchloop.learning.reward.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Groups for tests: products are single letters or numbers, relevance is given or 1. */
final class Groups {
  private Groups() {}

  static RetrievedRewrite rewrite(String... products) {
    return new RetrievedRewrite(true, 4, List.of(products));
  }

  static RetrievedRewrite invalid(String... products) {
    return new RetrievedRewrite(false, 4, List.of(products));
  }

  static RetrievedRewrite typed(String... products) {
    return RetrievedRewrite.identity(List.of(products));
  }

  /** Every product is fully relevant. */
  static EngineGroup group(RetrievedRewrite identity, RetrievedRewrite... rewrites) {
    return group(Map.of(), identity, rewrites);
  }

  /** Products are fully relevant unless stated. */
  static EngineGroup group(
      Map<String, Double> stated, RetrievedRewrite identity, RetrievedRewrite... rewrites) {
    Map<String, Double> relevance = new HashMap<>();
    Stream.concat(Stream.of(identity), Arrays.stream(rewrites))
        .flatMap(member -> member.products().stream())
        .forEach(product -> relevance.put(product, stated.getOrDefault(product, 1.0)));
    return new EngineGroup(identity, List.of(rewrites), relevance);
  }

  /** Product ids {@code prefix0, prefix1, ...}. */
  static String[] products(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }
}
