package io.collimator.dicom.service;

import io.collimator.dicom.data.Uid;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which handler answers which DIMSE service of which SOP class. A SOP class with no handler at all is rejected in
 * negotiation; a service without handler is answered 0211H. Handlers run on the provider's bounded threads.
 */
public final class ServiceHandlers {

    private static final ServiceHandlers NONE = builder().build();

    private final Map<Uid, FindHandler> find;
    private final Map<Uid, CreateHandler> create;
    private final Map<Uid, SetHandler> set;
    private final Map<Uid, ActionHandler> action;
    private final Map<Uid, EventReportHandler> eventReport;

    private ServiceHandlers(Builder builder) {
        this.find = Map.copyOf(builder.find);
        this.create = Map.copyOf(builder.create);
        this.set = Map.copyOf(builder.set);
        this.action = Map.copyOf(builder.action);
        this.eventReport = Map.copyOf(builder.eventReport);
    }

    public static ServiceHandlers none() {
        return NONE;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Optional<FindHandler> find(Uid sopClass) {
        return Optional.ofNullable(find.get(sopClass));
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

    /** Every SOP class with a handler. */
    public Set<Uid> sopClasses() {
        Set<Uid> all = new TreeSet<>(find.keySet());
        all.addAll(create.keySet());
        all.addAll(set.keySet());
        all.addAll(action.keySet());
        all.addAll(eventReport.keySet());
        return all;
    }

    /** Collects handlers. */
    public static final class Builder {

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
