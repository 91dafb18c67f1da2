package io.searchloop.learning.credit;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Pays every rollout of a multileaved page for one click, whichever list placed the product. A
 * product that the merge shows late, or seldom, is clicked less for no fault of its own; dividing
 * by its expected exposure makes up for that, and the position in the rollout's own list says what
 * the click would have been worth there.
 *
 * <pre>
 *   w_i(d) = examination[r_i(d) - 1] / exposure[d]       r_i(d): rank of d in list i, from one
 *   sum over clicked d of w_i(d)  estimates  V_i = sum over k of examination[k] * attraction(L_i(k))
 * </pre>
 *
 * <p>The estimate is unbiased over the merge's randomness when clicks are separable (examination
 * times attraction), the examination curve is right up to scale, and every product of a list is
 * exposed: the policy-aware estimator of Oosterhuis and de Rijke (SIGIR 2020, arXiv 2005.09035),
 * with the merge as the logging policy.
 *
 * <p>Example: examination (1, .5), a product that the merge put first or second equally often has
 * exposure .75. Its click is worth 1 / .75 = 1.333 to the rollout that ranked it first, .5 / .75 =
 * .667 to one that ranked it second, 0 to one whose list lacks it.
 *
 * <p>Unpacks the decision once; immutable, any thread.
 */
public final class PageCredit {
  private final Map<String, Integer> places;
  private final int[][] ranks;
  private final float[] examination;
  private final float[] exposure;

  private PageCredit(
      Map<String, Integer> places, int[][] ranks, float[] examination, float[] exposure) {
    this.places = places;
    this.ranks = ranks;
    this.examination = examination;
    this.exposure = exposure;
  }

  /**
   * The credit of a multileaved page.
   *
   * @throws IllegalArgumentException saying what {@link #invalid} says, when it says anything
   */
  public static PageCredit of(Decision decision) {
    invalid(decision)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
    return of(
        decision.getPage(),
        decision.getCandidates().stream().map(Candidate::getRanks).toList(),
        decision.getExamination(),
        decision.getExposure());
  }

  /**
   * The credit of a page whose decision was found valid when it came in.
   *
   * @param page products by place
   * @param ranks of each candidate: its own rank of each product on the page, from one, packed
   *     int32; 0 when its list lacks it
   * @param examination of each rank, packed float32
   * @param exposure expected examination of each place's product, packed float32
   */
  public static PageCredit of(
      List<String> page, List<ByteBuffer> ranks, ByteBuffer examination, ByteBuffer exposure) {
    Map<String, Integer> places = new HashMap<>(2 * page.size());
    for (int place = 0; place < page.size(); place++) {
      places.putIfAbsent(page.get(place), place);
    }
    return new PageCredit(
        places,
        ranks.stream().map(Packed::ints).toArray(int[][]::new),
        Packed.floats(examination),
        Packed.floats(exposure));
  }

  /** What keeps a multileaved decision from being credited; empty when nothing does. */
  public static Optional<String> invalid(Decision decision) {
    return PageCheck.invalid(decision);
  }

  /** Rollouts on the page. */
  public int candidates() {
    return ranks.length;
  }

  /**
   * What one unit of reward for a product is worth to a rollout; 0 when its list or the page lacks
   * the product. A product that stands on the page twice counts at its first place.
   */
  public double weight(int candidate, String product) {
    Integer place = places.get(product);
    int rank = rank(candidate, place == null ? -1 : place);
    if (place == null || rank == 0) {
      return 0;
    }
    return (double) examination[Math.min(rank, examination.length) - 1] / exposure[place];
  }

  /** Whether the product is on the page and in the rollout's list. */
  public boolean listed(int candidate, String product) {
    return rank(candidate, places.getOrDefault(product, -1)) > 0;
  }

  private int rank(int candidate, int place) {
    int[] own = ranks[Objects.checkIndex(candidate, ranks.length)];
    return place < 0 ? 0 : own[place];
  }
}
