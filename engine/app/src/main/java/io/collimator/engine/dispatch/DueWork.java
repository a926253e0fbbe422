package io.collimator.engine.dispatch;

import io.collimator.dicom.data.AeTitle;
import java.util.List;
import java.util.Set;

/** Work whose due times stand in the database. */
interface DueWork<T> {

    /**
     * Claims what is due, so that nobody else does it meanwhile.
     *
     * @param max pieces, from 1
     * @param busy peers with enough in hand
     */
    List<T> claim(int max, Set<AeTitle> busy);

    /** Who has to answer. */
    AeTitle peerOf(T work);

    /** Does one piece and says how it went; never called twice at once for one piece. */
    void carryOut(T work);
}
