package io.collimator.workflow.custody;

import io.collimator.dicom.data.Uid;

/** A composite SOP instance as an item of ReferencedSOPSequence names it (PS3.4 §J.3.2.1.1). */
public record InstanceReference(Uid sopClass, Uid sopInstance) {}
