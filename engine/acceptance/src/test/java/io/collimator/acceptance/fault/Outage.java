package io.collimator.acceptance.fault;

import java.time.Duration;

/** What can befall connections. */
enum Outage {
    RESET {
        @Override
        void strike(FaultProxy network) {
            network.reset();
        }
    },
    SWALLOW_OLD {
        @Override
        void strike(FaultProxy network) {
            network.swallowOld();
        }
    },
    SWALLOW_ALL {
        @Override
        void strike(FaultProxy network) {
            network.swallowAll();
        }
    },
    CUT {
        @Override
        void strike(FaultProxy network) {
            network.cutNextPacket();
        }
    },
    DELAY {
        @Override
        void strike(FaultProxy network) {
            network.delay(Duration.ofSeconds(4));
        }
    };

    abstract void strike(FaultProxy network);
}
