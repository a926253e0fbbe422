package io.collimator.dicom.data;

/** What a value looks like without what it says, for messages about values that may be patient data. */
final class ValueForm {

    private static final int SHOWN = 40;

    private ValueForm() {}

    /** Digits as 9, letters as A, other printable ASCII as it is, the rest as {@code ?}; cut after 40 characters. */
    static String of(String value) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < Math.min(SHOWN, value.length()); i++) {
            char c = value.charAt(i);
            if (Character.isDigit(c)) {
                form.append('9');
            } else if (Character.isLetter(c)) {
                form.append('A');
            } else {
                form.append(c >= 0x20 && c <= 0x7E ? c : '?');
            }
        }
        return value.length() > SHOWN ? form.append('…').toString() : form.toString();
    }
}
