package io.collimator.camel.dicom;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import java.util.List;

/** What a C-GET offers to take unless its endpoint says otherwise (PS3.4 §B.5). */
final class StorageClasses {

    /** Explicit and Implicit VR Little Endian, as the option writes them. */
    static final String UNCOMPRESSED = "1.2.840.10008.1.2.1,1.2.840.10008.1.2";

    /** In common use; a presentation context each, of which an association has at most 128 (PS3.8 §9.3.2.2). */
    static final List<Uid> COMMON = List.of(
            Uids.ComputedRadiographyImageStorage,
            Uids.DigitalXRayImageStorageForPresentation,
            Uids.DigitalXRayImageStorageForProcessing,
            Uids.DigitalMammographyXRayImageStorageForPresentation,
            Uids.DigitalMammographyXRayImageStorageForProcessing,
            Uids.DigitalIntraOralXRayImageStorageForPresentation,
            Uids.CTImageStorage,
            Uids.EnhancedCTImageStorage,
            Uids.MRImageStorage,
            Uids.EnhancedMRImageStorage,
            Uids.MRSpectroscopyStorage,
            Uids.UltrasoundImageStorage,
            Uids.UltrasoundMultiFrameImageStorage,
            Uids.EnhancedUSVolumeStorage,
            Uids.SecondaryCaptureImageStorage,
            Uids.MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
            Uids.MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
            Uids.MultiFrameTrueColorSecondaryCaptureImageStorage,
            Uids.XRayAngiographicImageStorage,
            Uids.EnhancedXAImageStorage,
            Uids.XRayRadiofluoroscopicImageStorage,
            Uids.EnhancedXRFImageStorage,
            Uids.BreastTomosynthesisImageStorage,
            Uids.NuclearMedicineImageStorage,
            Uids.PositronEmissionTomographyImageStorage,
            Uids.EnhancedPETImageStorage,
            Uids.VLEndoscopicImageStorage,
            Uids.VLMicroscopicImageStorage,
            Uids.VLPhotographicImageStorage,
            Uids.VLWholeSlideMicroscopyImageStorage,
            Uids.OphthalmicPhotography8BitImageStorage,
            Uids.OphthalmicPhotography16BitImageStorage,
            Uids.OphthalmicTomographyImageStorage,
            Uids.TwelveLeadECGWaveformStorage,
            Uids.GeneralECGWaveformStorage,
            Uids.GrayscaleSoftcopyPresentationStateStorage,
            Uids.ColorSoftcopyPresentationStateStorage,
            Uids.SegmentationStorage,
            Uids.KeyObjectSelectionDocumentStorage,
            Uids.BasicTextSRStorage,
            Uids.EnhancedSRStorage,
            Uids.ComprehensiveSRStorage,
            Uids.MammographyCADSRStorage,
            Uids.XRayRadiationDoseSRStorage,
            Uids.EncapsulatedPDFStorage,
            Uids.RTImageStorage,
            Uids.RTDoseStorage,
            Uids.RTStructureSetStorage,
            Uids.RTPlanStorage);

    private StorageClasses() {}
}
