/**
 * Slates: candidates of a head query that are sampled once and shown to many visitors, so that each
 * candidate is judged by several shoppers before its group is complete.
 *
 * <pre>
 *   head query --miss--> sample, keep --> slate/version/hash --draw one--> decision with slate_id
 *              --hit---------------------^
 *   swap or rollback --> all forgotten
 * </pre>
 *
 * <p>{@link io.searchloop.streams.slates.SlateStore} is the entry; request threads read and fill
 * it, the activator's thread empties it.
 */
@NullMarked
package io.searchloop.streams.slates;

import org.jspecify.annotations.NullMarked;
