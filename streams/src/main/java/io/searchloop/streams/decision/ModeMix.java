package io.searchloop.streams.decision;

import io.searchloop.streams.heads.Stratum;

/**
 * Divides the requests of the policy arm among the ways of learning from them (docs/adr/0014). Each
 * request is drawn anew, whoever asks: visitors differ from each other, so a mode that a visitor
 * always met would be compared with other visitors rather than with other modes.
 *
 * <p>With u uniform in [0, 1): multileaved when u &lt; multileave share, engine-only when u &lt;
 * both shares together and the query is a tail query, assigned otherwise. Shares .1 and .5: u = .3
 * samples a tail query for the engine, and assigns a rollout to a head query.
 *
 * @param multileaveShare share of requests that see one page merged from all rollouts; at most .1
 *     is advised, because such a page is no better than the mean of its rollouts
 * @param engineOnlyShare share of requests that, for tail queries, are answered without a rewrite
 *     while the engine judges the rollouts
 */
public record ModeMix(double multileaveShare, double engineOnlyShare) {
  /** Every request is assigned one rollout. */
  public static final ModeMix ASSIGNED_ONLY = new ModeMix(0, 0);

  public ModeMix {
    if (!(multileaveShare >= 0 && engineOnlyShare >= 0 && multileaveShare + engineOnlyShare <= 1)) {
      throw new IllegalArgumentException(
          "Multileave share %s and engine-only share %s, expected both from 0 and together at most 1. Lower one of them; what is left is assigned."
              .formatted(multileaveShare, engineOnlyShare));
    }
  }

  /**
   * Mode of one request.
   *
   * @param u uniform in [0, 1), drawn for this request
   * @param stratum of its query; an unknown one is treated as a head, which costs nobody a rewrite
   */
  LearningMode mode(double u, Stratum stratum) {
    if (u < multileaveShare) {
      return LearningMode.MULTILEAVED;
    }
    boolean drawn = u < multileaveShare + engineOnlyShare;
    return drawn && stratum == Stratum.TAIL ? LearningMode.ENGINE_ONLY : LearningMode.ASSIGNED;
  }
}
