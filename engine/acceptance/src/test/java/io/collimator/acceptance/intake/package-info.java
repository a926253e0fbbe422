/** What senders may send and what becomes of it: answers, error locations, the worklist afterwards. */
@NullMarked
package io.collimator.acceptance.intake;

import org.jspecify.annotations.NullMarked;
