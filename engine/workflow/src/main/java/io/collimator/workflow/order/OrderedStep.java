package io.collimator.workflow.order;

import io.collimator.dicom.data.DataSet;

/**
 * One scheduled step as an order message names it.
 *
 * @param orderControl ORC-1 as it came
 * @param attributes what the message carries and nothing else, shaped as Table K.6-1 (PS3.4) with one item in the
 *     Scheduled Procedure Step Sequence; a zero length value stands for {@code ""} and clears. Order numbers stand in
 *     (0040,2016) and (0040,2017), their namespaces in (0040,0026) and (0040,0027), Local Namespace Entity ID
 * @param defaults of the same shape: what stands in where neither the message nor the stored entry has a value, for
 *     instance the station of a modality; overwrites nothing
 */
public record OrderedStep(String orderControl, DataSet attributes, DataSet defaults) {

    /** A step for which nothing stands in. */
    public OrderedStep(String orderControl, DataSet attributes) {
        this(orderControl, attributes, DataSet.empty());
    }
}
