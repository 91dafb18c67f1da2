package io.searchloop.streams.inference;

/** ONNX Runtime refused or failed. The message names the policy and what was asked of it. */
public final class PolicySessionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PolicySessionException(String message, Throwable cause) {
    super(message, cause);
  }
}
