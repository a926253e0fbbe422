package io.collimator.dicom.net.association;

import io.collimator.dicom.dimse.DimseCommand.CStoreRq;
import io.collimator.dicom.dimse.DimseCommand.Response;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.net.negotiation.AcceptedContext;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationException.Kind;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.dicom.service.StoreOptions;
import io.collimator.dicom.service.StoredInstance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Sends instances with C-STORE (PS3.7 §9.1.1), as requests and as sub-operations of a C-GET of the peer. Thread-safe. */
final class StoreUser {

    private interface Exchanging {

        void exchange(OutgoingRequest request, BiPredicate<Message, Runnable> responses);
    }

    private final AssociationProfile profile;
    private final OutgoingRequests requests;

    StoreUser(AssociationProfile profile, OutgoingRequests requests) {
        this.profile = profile;
        this.requests = requests;
    }

    DimseStatus store(StoredInstance instance, StoreOptions options) {
        return store(instance, options, requests::exchange);
    }

    DimseStatus storeAsSubOperation(StoredInstance instance, StoreOptions options) {
        return store(instance, options, requests::subOperation);
    }

    private DimseStatus store(StoredInstance instance, StoreOptions options, Exchanging exchanging) {
        AcceptedContext context = context(instance);
        List<DimseStatus> status = new ArrayList<>(1);
        try (InputStream dataSet = instance.dataSet().open()) {
            OutgoingRequest request = OutgoingRequest.streaming(
                    context,
                    id -> new CStoreRq(
                            id,
                            instance.sopClass(),
                            instance.sopInstance(),
                            options.priority(),
                            options.moveOriginator(),
                            true),
                    dataSet);
            exchanging.exchange(request, (message, cancel) -> {
                status.add(((Response) message.command()).status());
                return false;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The data set of instance %s cannot be opened or closed.".formatted(instance.sopInstance()), e);
        }
        return status.get(0);
    }

    private AcceptedContext context(StoredInstance instance) {
        return profile.agreement()
                .context(instance.sopClass(), ServiceRole.SCP, instance.transferSyntax())
                .orElseThrow(() -> new AssociationException(
                        Kind.CONTEXT_NOT_ACCEPTED,
                        "%s takes no instance of SOP class %s in transfer syntax %s; propose it, or check what it accepts."
                                .formatted(profile.peer(), instance.sopClass(), instance.transferSyntax()),
                        null));
    }
}
