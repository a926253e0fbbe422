package io.collimator.engine.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Console, API, metrics and health: one port.
 *
 * @param adminPassword empty: generated into {@code data/admin.password}
 */
public record HttpSettings(String bindAddress, int port, String adminPassword) {

    static HttpSettings read(SettingsReader in) {
        in.section("HTTP: API, metrics and health");
        return new HttpSettings(
                in.parsed(
                        "collimator.http.bind-address",
                        "127.0.0.1",
                        Addresses.HOST,
                        Addresses::host,
                        "Address that the HTTP listener binds."),
                in.port("collimator.http.port", 8_080, "Port of the HTTP listener."),
                in.text(
                        "collimator.admin.password",
                        "",
                        "Password of the user admin; empty: generated into data/admin.password. Better set by COLLIMATOR_ADMIN_PASSWORD than here."));
    }

    public HttpSettings withPort(int realPort) {
        return new HttpSettings(bindAddress, realPort, adminPassword);
    }

    /** Whether only programs of this machine can connect. */
    public boolean isOnLoopback() {
        try {
            return InetAddress.getByName(bindAddress).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // binding it will say what is wrong
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "HttpSettings[" + bindAddress + ":" + port + "]";
    }
}
