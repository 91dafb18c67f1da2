package io.searchloop.schemas.json;

import java.util.Objects;

/** Ends the reading of an object at its first fault. */
public final class FieldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient FieldFault fault;

  /** A new exception, without a stack: bad input is no defect. */
  public FieldException(FieldFault fault) {
    super(fault.detail(), null, false, false);
    this.fault = Objects.requireNonNull(fault);
  }

  /** What is wrong. */
  public FieldFault fault() {
    return fault;
  }

  /** What is wrong, in words. */
  public String detail() {
    return fault.detail();
  }
}
