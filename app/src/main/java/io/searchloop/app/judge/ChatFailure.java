package io.searchloop.app.judge;

import java.util.Locale;

/** Why a question to a language model stayed without an opinion. */
enum ChatFailure {
  /** No answer in time, in all tries. */
  TIMEOUT,
  /** No connection, or one that broke, in all tries. */
  UNREACHABLE,
  /** HTTP 429 or 5xx in all tries. */
  OVERLOADED,
  /** Another HTTP status than 200. */
  REFUSED,
  /** An answer too long to be one. */
  TOO_LONG,
  /** Not the JSON of a chat completion, or nothing said in it. */
  NO_COMPLETION,
  /** What was said is no JSON of the kind that was asked for. */
  NO_OPINION,
  /** Opinions of too few or too many pages. */
  WRONG_NUMBER,
  /** A figure that is missing, none, or not from 0 to 1. */
  OUT_OF_RANGE,
  /** The run has used its requests. */
  NO_REQUEST_LEFT;

  /** Name in figures, such as {@code no_opinion}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
