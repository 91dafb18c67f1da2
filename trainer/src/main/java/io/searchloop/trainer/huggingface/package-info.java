/**
 * Language models in Hugging Face's layout: a directory with {@code config.json}, one or several
 * safetensors files and {@code tokenizer.json}.
 *
 * <pre>
 *   config.json -------------------> ModelConfig -> NetworkConfig --+
 *   model[-0000i-of-0000n].safetensors -> WeightFiles -> mapped ----+-> PolicyNetwork
 *   tokenizer.json ----------------> Tokenizer (module policy)
 * </pre>
 *
 * <p>Enter at {@link io.searchloop.trainer.huggingface.HuggingFaceDirectory}. Llama and Qwen2
 * (Qwen2.5) are read; whatever would make our network compute something else is refused by name.
 * Thread owner: the trainer thread.
 */
@NullMarked
package io.searchloop.trainer.huggingface;

import org.jspecify.annotations.NullMarked;
