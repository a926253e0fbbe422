package io.collimator.dicom.service;

/**
 * Makes a provider; found by {@link java.util.ServiceLoader}, so that whoever chooses one by name need not know its module.
 * Implementations are public and have a public constructor without parameters.
 */
public interface DicomProviderFactory {

    /** What it is chosen by, in lower case: {@code net}, {@code dcm4che}. */
    String name();

    DicomProvider create();
}
