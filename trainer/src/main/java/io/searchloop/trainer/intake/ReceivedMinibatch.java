package io.searchloop.trainer.intake;

import io.searchloop.schemas.Minibatch;
import org.jspecify.annotations.Nullable;

/**
 * A minibatch and where it stood.
 *
 * @param offset its offset, which is its id
 * @param minibatch the record; null when its bytes could not be decoded
 */
public record ReceivedMinibatch(long offset, @Nullable Minibatch minibatch) {}
