/**
 * The data dictionary (PS3.6): {@link io.collimator.dicom.dictionary.Tags},
 * {@link io.collimator.dicom.dictionary.Uids}, generated from tables, and
 * {@link io.collimator.dicom.dictionary.Dictionary} for VR and keyword of a tag. For every module.
 */
@NullMarked
package io.collimator.dicom.dictionary;

import org.jspecify.annotations.NullMarked;
