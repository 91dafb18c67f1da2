package io.searchloop.trainer.huggingface;

import io.searchloop.policy.rewrite.Tokenizer;

/**
 * A pretrained vocabulary in the policy's order: the four special tokens, then the pieces.
 *
 * @param tokenizer in the policy's order
 * @param originals the model's own id of each policy token
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once; never compared.
record PolicyTokens(Tokenizer tokenizer, int[] originals) {}
