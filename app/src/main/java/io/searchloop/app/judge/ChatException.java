package io.searchloop.app.judge;

/** A question that stayed without a usable answer; counted, never thrown at the learner. */
final class ChatException extends Exception {
  private static final long serialVersionUID = 1;

  private final ChatFailure failure;

  ChatException(ChatFailure failure, String message) {
    super(message);
    this.failure = failure;
  }

  ChatFailure failure() {
    return failure;
  }
}
