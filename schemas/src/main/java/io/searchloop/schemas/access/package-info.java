/**
 * Who may look and who may decide, at the console and at workers (docs/adr/0061).
 *
 * <pre>
 *   Knock (Authorization, address) --Doorkeeper--> Admission: a Person with a Role, or why not
 *                                       |
 *                                     Users: one line each, with a PasswordHash
 * </pre>
 *
 * <p>{@link io.searchloop.schemas.access.AccessRemedy} is the other side: what to do where Kafka or
 * registry do not let us in. {@link io.searchloop.schemas.access.Doorkeeper} is the entry; servers
 * ask it on their own threads.
 */
@NullMarked
package io.searchloop.schemas.access;

import org.jspecify.annotations.NullMarked;
