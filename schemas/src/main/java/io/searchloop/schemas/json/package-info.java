/**
 * JSON from strangers, read strictly: {@link io.searchloop.schemas.json.StrictJson} takes one value
 * and nothing after it, {@link io.searchloop.schemas.json.JsonFields} refuses a field of the wrong
 * type or of an unknown name, and {@link io.searchloop.schemas.json.FieldFault} says which. Any
 * thread.
 */
@NullMarked
package io.searchloop.schemas.json;

import org.jspecify.annotations.NullMarked;
