package io.collimator.camel.hl7;

import java.util.Map;
import org.apache.camel.component.netty.NettyComponent;
import org.apache.camel.component.netty.NettyConfiguration;

/**
 * camel-netty that also takes {@code netty:tcp} with host and port among the parameters, where Camel alone wants them in
 * the URI: a route then needs no placeholders in its URI.
 */
final class MllpComponent extends NettyComponent {

    @Override
    protected NettyConfiguration parseConfiguration(
            NettyConfiguration configuration, String remaining, Map<String, Object> parameters) throws Exception {
        return super.parseConfiguration(
                configuration, remaining.equals("tcp") ? address(parameters) : remaining, parameters);
    }

    private static String address(Map<String, Object> parameters) {
        Object host = parameters.remove("host");
        Object port = parameters.remove("port");
        if (host == null || port == null) {
            throw new IllegalArgumentException(
                    "netty:tcp has host %s and port %s; write both under parameters.".formatted(host, port));
        }
        String name = host.toString();
        return "tcp://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
}
