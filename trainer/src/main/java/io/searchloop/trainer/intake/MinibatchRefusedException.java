package io.searchloop.trainer.intake;

/** A minibatch that nothing may be learned from. The message names what was found and expected. */
public final class MinibatchRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final RefusalReason reason;

  public MinibatchRefusedException(RefusalReason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /** What it is counted under. */
  public RefusalReason reason() {
    return reason;
  }
}
