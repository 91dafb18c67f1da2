package io.searchloop.app.report;

/** Traffic arms of the demo, by the name that decisions carry. */
public enum Arm {
  /** The learning policy. */
  POLICY,
  /** The frozen warm start. */
  REFERENCE,
  /** The query as typed. */
  IDENTITY;

  /** Name in decisions and tuples. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
