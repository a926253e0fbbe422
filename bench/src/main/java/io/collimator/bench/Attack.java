package io.collimator.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;

/** What strangers do to the listeners, from the address of the honest. */
enum Attack {
    IDLE_MLLP("idle MLLP connections", 100, "a new one each time, the newest 400 stay open") {
        @Override
        void attempt(Attackers attackers, long number) throws IOException {
            attackers.hold(attackers.engine().mllpPort(), MANY);
        }
    },
    UNFINISHED_FRAMES("unfinished MLLP frames", 2, "15 MiB of a frame without its end, the newest 60 stay open") {
        @Override
        void attempt(Attackers attackers, long number) throws IOException {
            Socket socket = attackers.hold(attackers.engine().mllpPort(), 60);
            OutputStream out = socket.getOutputStream();
            out.write(ascii("\u000bMSH|^~\\&|A|B|C|D|20260101||ORU^R01|" + number + "|P|2.5.1\rOBX|1|ED|||"));
            writeFiller(out);
        }
    },
    LARGE_MESSAGES(
            "large messages", 1, "15 MiB in one value, by turns of an order and of a result; the answer is awaited") {
        @Override
        void attempt(Attackers attackers, long number) throws IOException {
            ByteArrayOutputStream message = new ByteArrayOutputStream(LARGE + 4_096);
            String order = new String(LARGE_ORDERS.message(number), StandardCharsets.ISO_8859_1);
            message.write(ascii(number % 2 == 0 ? order : order.replace("ORM^O01", "ORU^R01")));
            message.write(ascii("OBX|3|ED|PDF||^^^^"));
            writeFiller(message);
            message.write(ascii("|||F\r"));
            try (MllpConnection connection =
                    new MllpConnection(attackers.engine().mllpPort())) {
                connection.send(message.toByteArray());
            }
        }
    },
    IDLE_HTTP("idle HTTP connections", 100, "a new one each time, the newest 400 stay open") {
        @Override
        void attempt(Attackers attackers, long number) throws IOException {
            attackers.hold(attackers.engine().httpPort(), MANY);
        }
    },
    UNFINISHED_REQUESTS(
            "unfinished HTTP requests", 100, "half a header of a new one each time, the newest 400 stay open") {
        @Override
        void attempt(Attackers attackers, long number) throws IOException {
            attackers
                    .hold(attackers.engine().httpPort(), MANY)
                    .getOutputStream()
                    .write(ascii("GET /health/live HTTP/1.1\r\nHost: engine\r\nX-Slow: "));
        }
    },
    WRONG_PASSWORDS("wrong passwords", 860, "for the account of the console, on connections that stay") {
        @Override
        void attempt(Attackers attackers, long number) throws IOException {
            String login = Base64.getEncoder().encodeToString(ascii("admin:guess" + number));
            attackers.ask("/api/exceptions", "Authorization: Basic " + login + "\r\n");
        }
    },
    STRANGE_ASSOCIATIONS(
            "associations of strangers", 200, "by turns of an unknown title and of one that has other hosts") {
        @Override
        void attempt(Attackers attackers, long number) throws IOException {
            String calling = number % 2 == 0 ? "NOBODY" : ELSEWHERE;
            new FindConnection(attackers.engine().dicomPort(), calling, "COLLIMATOR").close();
        }
    },
    IDLE_DICOM(
            "idle DICOM connections",
            100,
            "a new one each time that asks for no association, the newest 600 stay open") {
        @Override
        void attempt(Attackers attackers, long number) throws IOException {
            attackers.hold(attackers.engine().dicomPort(), 600);
        }
    };

    /** A registered AE title, which is none of this machine. */
    static final String ELSEWHERE = "ELSEWHERE";

    private static final int MANY = 400;
    private static final int LARGE = 15 << 20;
    private static final byte[] FILLER = ascii("x".repeat(65_536));
    private static final OrderText LARGE_ORDERS = new OrderText("L", LocalDate.of(2031, 1, 1));

    private final String label;
    private final int aSecond;
    private final String what;

    Attack(String label, int aSecond, String what) {
        this.label = label;
        this.aSecond = aSecond;
        this.what = what;
    }

    /** What one attempt does; that the engine ends it may be thrown. */
    abstract void attempt(Attackers attackers, long number) throws IOException;

    String label() {
        return label;
    }

    /** Attempts. */
    int aSecond() {
        return aSecond;
    }

    /** An attempt, in words. */
    String what() {
        return what;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void writeFiller(OutputStream out) throws IOException {
        for (int written = 0; written < LARGE; written += FILLER.length) {
            out.write(FILLER);
        }
    }
}
