package io.collimator.dicom.service;

import io.collimator.dicom.data.Uid;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which handler answers which DIMSE service of which SOP class. A SOP class with no handler at all is rejected in
 * negotiation; a service without handler is answered 0211H. Handlers run on the provider's bounded threads.
 */
public final class ServiceHandlers {

    private static final ServiceHandlers NONE = builder().build();

    private final Map<Uid, StoreHandler> store;
    private final Map<Uid, FindHandler> find;
    private final Map<Uid, MoveHandler> move;
    private final Map<Uid, GetHandler> get;
    private final Map<Uid, NGetHandler> nGet;
    private final Map<Uid, CreateHandler> create;
    private final Map<Uid, SetHandler> set;
    private final Map<Uid, ActionHandler> action;
    private final Map<Uid, DeleteHandler> delete;
    private final Map<Uid, EventReportHandler> eventReport;
    private final Set<Uid> storageClasses;
    private final @Nullable SloppinessReport sloppiness;

    private ServiceHandlers(Builder builder) {
        this.store = Map.copyOf(builder.store);
        this.move = Map.copyOf(builder.move);
        this.get = Map.copyOf(builder.get);
        this.nGet = Map.copyOf(builder.nGet);
        this.delete = Map.copyOf(builder.delete);
        Set<Uid> storage = new TreeSet<>(builder.retrievable);
        storage.addAll(builder.store.keySet());
        this.storageClasses = Collections.unmodifiableSet(storage);
        this.find = Map.copyOf(builder.find);
        this.create = Map.copyOf(builder.create);
        this.set = Map.copyOf(builder.set);
        this.action = Map.copyOf(builder.action);
        this.eventReport = Map.copyOf(builder.eventReport);
        this.sloppiness = null;
    }

    private ServiceHandlers(ServiceHandlers others, SloppinessReport sloppiness) {
        this.store = others.store;
        this.find = others.find;
        this.move = others.move;
        this.get = others.get;
        this.nGet = others.nGet;
        this.create = others.create;
        this.set = others.set;
        this.action = others.action;
        this.delete = others.delete;
        this.eventReport = others.eventReport;
        this.storageClasses = others.storageClasses;
        this.sloppiness = sloppiness;
    }

    public static ServiceHandlers none() {
        return NONE;
    }

    /** These handlers, and what is told of sloppy data sets of the peer; a provider may leave that out. */
    public ServiceHandlers reporting(SloppinessReport report) {
        return new ServiceHandlers(this, report);
    }

    /** What is told of sloppy data sets; nobody unless {@link #reporting} named it. */
    public Optional<SloppinessReport> sloppiness() {
        return Optional.ofNullable(sloppiness);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Optional<FindHandler> find(Uid sopClass) {
        return Optional.ofNullable(find.get(sopClass));
    }

    public Optional<StoreHandler> store(Uid sopClass) {
        return Optional.ofNullable(store.get(sopClass));
    }

    public Optional<MoveHandler> move(Uid sopClass) {
        return Optional.ofNullable(move.get(sopClass));
    }

    public Optional<GetHandler> get(Uid sopClass) {
        return Optional.ofNullable(get.get(sopClass));
    }

    public Optional<NGetHandler> nGet(Uid sopClass) {
        return Optional.ofNullable(nGet.get(sopClass));
    }

    public Optional<DeleteHandler> delete(Uid sopClass) {
        return Optional.ofNullable(delete.get(sopClass));
    }

    public Optional<CreateHandler> create(Uid sopClass) {
        return Optional.ofNullable(create.get(sopClass));
    }

    public Optional<SetHandler> set(Uid sopClass) {
        return Optional.ofNullable(set.get(sopClass));
    }

    public Optional<ActionHandler> action(Uid sopClass) {
        return Optional.ofNullable(action.get(sopClass));
    }

    public Optional<EventReportHandler> eventReport(Uid sopClass) {
        return Optional.ofNullable(eventReport.get(sopClass));
    }

    /**
     * The storage classes among {@link #sopClasses()}: instances of them are passed on as bytes, so they are accepted in
     * whatever transfer syntax the peer likes best.
     */
    public Set<Uid> storageClasses() {
        return storageClasses;
    }

    /** Every SOP class with a handler, and those that a C-GET handler may send. */
    public Set<Uid> sopClasses() {
        Set<Uid> all = new TreeSet<>(storageClasses);
        all.addAll(find.keySet());
        all.addAll(move.keySet());
        all.addAll(get.keySet());
        all.addAll(nGet.keySet());
        all.addAll(delete.keySet());
        all.addAll(create.keySet());
        all.addAll(set.keySet());
        all.addAll(action.keySet());
        all.addAll(eventReport.keySet());
        return all;
    }

    /** Collects handlers. */
    public static final class Builder {

        private final Map<Uid, StoreHandler> store = new HashMap<>();
        private final Map<Uid, MoveHandler> move = new HashMap<>();
        private final Map<Uid, GetHandler> get = new HashMap<>();
        private final Map<Uid, NGetHandler> nGet = new HashMap<>();
        private final Map<Uid, DeleteHandler> delete = new HashMap<>();
        private final Set<Uid> retrievable = new HashSet<>();
        private final Map<Uid, FindHandler> find = new HashMap<>();
        private final Map<Uid, CreateHandler> create = new HashMap<>();
        private final Map<Uid, SetHandler> set = new HashMap<>();
        private final Map<Uid, ActionHandler> action = new HashMap<>();
        private final Map<Uid, EventReportHandler> eventReport = new HashMap<>();

        private Builder() {}

        public Builder find(Uid sopClass, FindHandler handler) {
            find.put(sopClass, handler);
            return this;
        }

        public Builder store(Uid sopClass, StoreHandler handler) {
            store.put(sopClass, handler);
            return this;
        }

        public Builder move(Uid sopClass, MoveHandler handler) {
            move.put(sopClass, handler);
            return this;
        }

        /**
         * C-GET of a Query/Retrieve SOP class.
         *
         * @param storageClasses what the handler may send; negotiated on the same association
         */
        public Builder get(Uid sopClass, Set<Uid> storageClasses, GetHandler handler) {
            get.put(sopClass, handler);
            retrievable.addAll(storageClasses);
            return this;
        }

        public Builder nGet(Uid sopClass, NGetHandler handler) {
            nGet.put(sopClass, handler);
            return this;
        }

        public Builder delete(Uid sopClass, DeleteHandler handler) {
            delete.put(sopClass, handler);
            return this;
        }

        public Builder create(Uid sopClass, CreateHandler handler) {
            create.put(sopClass, handler);
            return this;
        }

        public Builder set(Uid sopClass, SetHandler handler) {
            set.put(sopClass, handler);
            return this;
        }

        public Builder action(Uid sopClass, ActionHandler handler) {
            action.put(sopClass, handler);
            return this;
        }

        public Builder eventReport(Uid sopClass, EventReportHandler handler) {
            eventReport.put(sopClass, handler);
            return this;
        }

        public ServiceHandlers build() {
            return new ServiceHandlers(this);
        }
    }
}
