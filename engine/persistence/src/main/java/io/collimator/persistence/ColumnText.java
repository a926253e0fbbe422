package io.collimator.persistence;

/** Text as columns take it. */
final class ColumnText {

    private ColumnText() {}

    /** Without NUL, which PostgreSQL does not store. */
    static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }

    /** Storable and cut to a length: for columns that only narrow a search down. */
    static String cut(String text, int maxLength) {
        String storable = storable(text);
        return storable.length() <= maxLength ? storable : storable.substring(0, maxLength);
    }
}
