package io.searchloop.policy.control;

/**
 * The release on trial beside the active one.
 *
 * @param version its offset; -1 when no trial runs
 * @param stage how far the trial is
 * @param percent share of visitors it serves, 1 to 100 in CANARY; 0 in every other stage
 */
public record Candidate(long version, Stage stage, int percent) {
  /** No trial runs. */
  public static final Candidate NONE = new Candidate(-1, Stage.NONE, 0);

  /** How far a trial is; each stage puts more at risk than the one before. */
  public enum Stage {
    /** No trial runs. */
    NONE,
    /** Named, in memory nowhere. */
    NAMED,
    /** Scored beside the active release; no shopper sees it. */
    SHADOW,
    /** Serves a share of visitors. */
    CANARY
  }

  public Candidate {
    boolean whole =
        switch (stage) {
          case NONE -> version == -1 && percent == 0;
          case NAMED, SHADOW -> version >= 0 && percent == 0;
          case CANARY -> version >= 0 && percent >= 1 && percent <= 100;
        };
    if (!whole) {
      throw new IllegalArgumentException(
          "Candidate %d in stage %s serves %d %%, expected 1 to 100 in CANARY, 0 before, and version -1 for none."
              .formatted(version, stage, percent));
    }
  }

  static Candidate named(long version) {
    return version < 0 ? NONE : new Candidate(version, Stage.NAMED, 0);
  }

  /** Whether a trial runs. */
  public boolean running() {
    return stage != Stage.NONE;
  }

  /** Whether workers need its session. */
  public boolean sampled() {
    return stage == Stage.SHADOW || stage == Stage.CANARY;
  }
}
