package io.collimator.engine.wiring;

import io.collimator.engine.config.ConfigurationException;
import io.collimator.engine.config.DataFolder;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Home;
import io.collimator.engine.intake.OrderForesight;
import io.collimator.engine.messaging.NoticeFormat;
import io.collimator.engine.reload.MappingChanges;
import io.collimator.engine.reload.MappingHome;
import io.collimator.engine.reload.MappingTrial;
import io.collimator.engine.reload.PendingChange;
import io.collimator.engine.reload.RunningMapping;
import io.collimator.engine.reload.SetCheck;
import io.collimator.engine.reload.StatusPreview;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.RenameAuthorities;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mapping that runs and how it changes. */
record Reloading(RunningMapping running, MappingChanges changes) {

    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    static Reloading of(HomeContents contents, Transactions transactions, RenameAuthorities authorities, Clock clock) {
        EngineSettings settings = contents.settings();
        RunningMapping running = new RunningMapping(contents.mapping());
        return new Reloading(
                running,
                new MappingChanges(new MappingChanges.Ground(
                        running,
                        new MappingHome(contents.home().mapping(), settings.dataFolder(), clock),
                        SetCheck.of(Optional.of(settings)),
                        new MappingTrial(
                                settings.hl7().reading(),
                                new StatusPreview(NoticeFormat.of(settings)),
                                new OrderForesight()),
                        transactions,
                        authorities,
                        settings.mapping(),
                        clock)));
    }

    /** Before the home is read: an engine that was killed may have left half of a change in it. */
    static void finishInterruptedChange(EngineOptions options) {
        try {
            Home home = Home.of(options.home());
            EngineSettings settings = EngineSettings.load(home, options.environment(), options.overrides());
            PendingChange pending = new PendingChange(settings.dataFolder());
            if (!pending.isThere()) {
                return;
            }
            try (DataFolder held = DataFolder.open(settings.dataFolder())) {
                LOG.debug("{} is held while a change of the mapping is finished", held.path());
                pending.finish(home.mapping());
            }
        } catch (ConfigurationException broken) {
            LOG.debug("The home is broken, which its reading will tell in full", broken);
        } catch (IOException e) {
            throw new StartException(
                    "A change of the mapping was interrupted and cannot be finished: the home's mapping folder or the data folder cannot be written. Correct owner, rights or free space.",
                    e);
        }
    }
}
