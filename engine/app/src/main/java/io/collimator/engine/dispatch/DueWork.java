package io.collimator.engine.dispatch;

import java.util.List;

/** Work whose due times stand in the database. */
interface DueWork<T> {

    /** Claims what is due, so that nobody else does it meanwhile; at most {@code max}. */
    List<T> claim(int max);

    /** Does one piece and says how it went; never called twice at once for one piece. */
    void carryOut(T work);
}
