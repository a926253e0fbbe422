/**
 * Who gave a number: patient IDs, accession numbers and order numbers count only together with their {@link
 * io.collimator.dicom.identity.AssigningAuthority} (PS3.3 §10.14, HL7 v2.5.1 §2.A.33).
 */
@NullMarked
package io.collimator.dicom.identity;

import org.jspecify.annotations.NullMarked;
