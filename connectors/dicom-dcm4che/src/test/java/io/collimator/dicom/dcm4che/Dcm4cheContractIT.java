package io.collimator.dicom.dcm4che;

import io.collimator.dicom.contract.AssociationContract;
import io.collimator.dicom.contract.Difference;
import io.collimator.dicom.contract.FindContract;
import io.collimator.dicom.contract.MalformedInputContract;
import io.collimator.dicom.contract.NormalizedContract;
import io.collimator.dicom.contract.RetrieveContract;
import io.collimator.dicom.contract.SloppinessContract;
import io.collimator.dicom.contract.StoreContract;
import io.collimator.dicom.service.DicomProvider;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** dcm4che behind the port keeps the contract of the port. */
class Dcm4cheContractIT {

    @Nested
    class Associations extends AssociationContract {
        @Override
        protected DicomProvider newProvider() {
            return new Dcm4cheProvider();
        }
    }

    @Nested
    class Find extends FindContract {
        @Override
        protected DicomProvider newProvider() {
            return new Dcm4cheProvider();
        }
    }

    @Nested
    class Store extends StoreContract {
        @Override
        protected DicomProvider newProvider() {
            return new Dcm4cheProvider();
        }
    }

    @Nested
    class Retrieve extends RetrieveContract {
        @Override
        protected DicomProvider newProvider() {
            return new Dcm4cheProvider();
        }
    }

    @Nested
    class Normalized extends NormalizedContract {
        @Override
        protected DicomProvider newProvider() {
            return new Dcm4cheProvider();
        }
    }

    @Nested
    class SloppyPeers extends SloppinessContract {
        @Override
        protected DicomProvider newProvider() {
            return new Dcm4cheProvider();
        }
    }

    @Nested
    class MalformedInput extends MalformedInputContract {

        /**
         * All three are settled in the PDU decoder of dcm4che, before anything of ours is asked: it knows the command
         * fields of the standard only, reads ten bytes of each PDU before it looks at its length, and waits for the first
         * fragment of a data set before it hands over the request.
         */
        @Override
        protected Set<Difference> differences() {
            return EnumSet.allOf(Difference.class);
        }

        @Override
        protected DicomProvider newProvider() {
            return new Dcm4cheProvider();
        }
    }
}
