package io.collimator.dicom.charset;

/**
 * Text that was read.
 *
 * @param text the characters
 * @param isExact whether the bytes were what the declared set allows; else some of them were read by a guess
 */
public record DecodedText(String text, boolean isExact) {}
