package io.collimator.engine.wiring;

import io.collimator.engine.reload.RunningMapping;
import io.collimator.engine.reload.SetCheck;
import io.collimator.hl7.outbound.MessageTemplates;
import io.collimator.mapping.MappingSet;
import java.util.function.Supplier;

/** The templates of the mapping that runs, read anew when another one does. Thread-safe. */
final class RunningTemplates implements Supplier<MessageTemplates> {

    private final RunningMapping running;
    private volatile Read read;

    private record Read(MappingSet set, MessageTemplates templates) {

        static Read of(MappingSet set) {
            return new Read(set, SetCheck.templatesOf(set));
        }
    }

    RunningTemplates(RunningMapping running) {
        this.running = running;
        this.read = Read.of(running.set());
    }

    @Override
    public MessageTemplates get() {
        MappingSet current = running.set();
        Read known = read;
        if (known.set() != current) {
            known = Read.of(current);
            read = known;
        }
        return known.templates();
    }
}
