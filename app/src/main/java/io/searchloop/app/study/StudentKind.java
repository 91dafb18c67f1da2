package io.searchloop.app.study;

import java.util.Locale;

/** What a student learns by after the supervised steps that all of them share. */
public enum StudentKind {
  /** Nothing more. */
  START,
  /** The same supervised pairs, further. */
  SFT,
  /** Supervised pairs, three in ten of them query-to-query: judged to want the same products. */
  Q2Q,
  /** What the teacher says, to cover all of it. */
  FORWARD_KL,
  /** What it says itself, corrected by the teacher (MiniELM, arXiv 2501.18056). */
  REVERSE_KL;

  /** Name in tables, such as {@code reverse-kl}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
