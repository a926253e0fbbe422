package io.collimator.workflow.worklist;

/** Takes the entries that a store finds, one after the other. */
public interface EntryReader {

    /**
     * Takes one; what it throws ends the search.
     *
     * @return whether it wants another one
     */
    boolean take(StoredEntry entry);

    /** How many it takes at most: a store need not look for more. */
    int maxEntries();

    /** Whether nobody waits for the entries any more; asked from any thread, also while the store still looks for them. */
    boolean isCancelled();
}
