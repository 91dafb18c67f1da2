/**
 * Which component may do what on Kafka, in one place: documentation, the commands for
 * administrators and the test that holds a broker's authorizer to them are made from {@link
 * io.searchloop.app.acls.AclPlan} (docs/adr/0062).
 */
@NullMarked
package io.searchloop.app.acls;

import org.jspecify.annotations.NullMarked;
