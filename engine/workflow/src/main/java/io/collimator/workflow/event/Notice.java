package io.collimator.workflow.event;

import io.collimator.workflow.accession.Accession;
import io.collimator.workflow.custody.InstanceCounts;
import io.collimator.workflow.exception.ExceptionRecord;

/** What is told to the outside; an encoder gives it its form. */
public sealed interface Notice {

    /**
     * The procedure state of an ordered accession changed: HL7 to the RIS. Custody never goes here.
     *
     * @param accession with its new state
     * @param modality of the first step, empty when unknown
     */
    record Status(Accession accession, String modality) implements Notice {}

    /**
     * Something happened to an accession: a CloudEvent.
     *
     * @param accession with its new states
     */
    record Event(EventType type, Accession accession, InstanceCounts instances) implements Notice {}

    /** Something needs a person: a CloudEvent. */
    record Problem(ExceptionRecord exception) implements Notice {}
}
