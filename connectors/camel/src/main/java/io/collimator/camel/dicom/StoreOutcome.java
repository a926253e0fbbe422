package io.collimator.camel.dicom;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;

/** What became of an instance that {@code dicom:store} sent; its body out is a list of them. */
public record StoreOutcome(Uid sopClass, Uid sopInstance, DimseStatus status) {}
