package io.collimator.dicom.net;

import io.collimator.dicom.contract.AssociationContract;
import io.collimator.dicom.contract.FindContract;
import io.collimator.dicom.contract.MalformedInputContract;
import io.collimator.dicom.contract.NormalizedContract;
import io.collimator.dicom.contract.RetrieveContract;
import io.collimator.dicom.contract.SloppinessContract;
import io.collimator.dicom.contract.StoreContract;
import io.collimator.dicom.service.DicomProvider;
import org.junit.jupiter.api.Nested;

/** Our own upper layer keeps the contract of the port. */
class NettyContractIT {

    @Nested
    class Associations extends AssociationContract {
        @Override
        protected DicomProvider newProvider() {
            return new NettyDicomProvider();
        }
    }

    @Nested
    class Find extends FindContract {
        @Override
        protected DicomProvider newProvider() {
            return new NettyDicomProvider();
        }
    }

    @Nested
    class Store extends StoreContract {
        @Override
        protected DicomProvider newProvider() {
            return new NettyDicomProvider();
        }
    }

    @Nested
    class Retrieve extends RetrieveContract {
        @Override
        protected DicomProvider newProvider() {
            return new NettyDicomProvider();
        }
    }

    @Nested
    class Normalized extends NormalizedContract {
        @Override
        protected DicomProvider newProvider() {
            return new NettyDicomProvider();
        }
    }

    @Nested
    class SloppyPeers extends SloppinessContract {
        @Override
        protected DicomProvider newProvider() {
            return new NettyDicomProvider();
        }
    }

    @Nested
    class MalformedInput extends MalformedInputContract {
        @Override
        protected DicomProvider newProvider() {
            return new NettyDicomProvider();
        }
    }
}
