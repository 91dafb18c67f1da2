package io.searchloop.trainer.publish;

/** Follows the release log and the control log. */
public interface PolicyLog extends AutoCloseable {
  /** Everything up to this moment; waits until it is read. */
  PolicyHistory catchUp();

  /** Everything that has arrived, without waiting. */
  PolicyHistory poll();

  @Override
  void close();
}
