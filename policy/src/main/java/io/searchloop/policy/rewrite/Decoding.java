package io.searchloop.policy.rewrite;

/** How much of the answer's grammar the sampler enforces; what it does not, validity judges. */
public enum Decoding {
  /** Nothing: every token may stand anywhere. For studies of how a policy loses its format. */
  FREE,
  /** What a position decides: ordinary tokens, END at the last. Answers may still be no text. */
  POSITIONS,
  /** The whole grammar: every answer is valid UTF-8, no rewrite of a set is blank. */
  STRICT
}
