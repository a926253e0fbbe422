package io.collimator.camel.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;

/** What the build generates for Kaoto, Karavan and IDEs, and for Camel itself. */
class DicomMetadataTest {

    /** They are exchange properties, which the catalog has no place for. */
    private static final Set<String> EXCHANGE_PROPERTIES = Set.of(
            DicomConstants.ASSOCIATION,
            DicomConstants.CANCELLATION,
            DicomConstants.ATTRIBUTES,
            DicomConstants.OUTCOMES);

    private static InputStream resource(String name) {
        InputStream stream = DicomMetadataTest.class.getResourceAsStream(name);
        assertThat(stream).as(name).isNotNull();
        return stream;
    }

    private static JsonObject catalog() throws Exception {
        try (InputStream in = resource("/META-INF/io/collimator/camel/dicom/dicom.json")) {
            return (JsonObject) Jsoner.deserialize(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String description(JsonObject group, String name) {
        JsonObject entry = group.getMap(name) == null ? null : (JsonObject) group.get(name);
        assertThat(entry).as(name).isNotNull();
        return entry.getString("description");
    }

    @Test
    void every_option_is_in_the_catalog_with_its_description() throws Exception {
        JsonObject properties = (JsonObject) catalog().get("properties");

        for (DicomOption option : DicomOption.values()) {
            assertThat(description(properties, option.optionName()))
                    .as(option.optionName())
                    .hasSizeGreaterThan(30)
                    .doesNotContain("{", "@");
        }
    }

    @Test
    void the_catalog_has_no_option_of_ours_that_routes_may_not_write() throws Exception {
        JsonObject properties = (JsonObject) catalog().get("properties");
        Set<String> inherited =
                Set.of("operation", "bridgeErrorHandler", "exceptionHandler", "exchangePattern", "lazyStartProducer");

        assertThat(properties.keySet())
                .allSatisfy(name -> assertThat(inherited.contains(name)
                                || DicomOption.ofName(name).isPresent())
                        .as(name)
                        .isTrue());
    }

    @Test
    void the_operations_and_models_in_the_catalog_are_those_there_are() throws Exception {
        JsonObject properties = (JsonObject) catalog().get("properties");
        JsonObject operation = (JsonObject) properties.get("operation");
        JsonObject model = (JsonObject) properties.get("informationModel");

        assertThat(operation.<List<Object>>getCollection("enum"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(DicomOperation.values())
                        .<Object>map(DicomOperation::path)
                        .toList());
        assertThat(model.<List<Object>>getCollection("enum"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(InformationModel.values())
                        .<Object>map(InformationModel::path)
                        .toList());
    }

    @Test
    void every_header_is_in_the_catalog_with_its_description() throws Exception {
        JsonObject headers = (JsonObject) catalog().get("headers");
        List<String> constants = new ArrayList<>();
        for (Field field : DicomConstants.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                constants.add((String) field.get(null));
            }
        }
        constants.removeAll(EXCHANGE_PROPERTIES);

        assertThat(headers.keySet()).containsExactlyInAnyOrderElementsOf(constants);
        for (String header : constants) {
            assertThat(description(headers, header)).as(header).hasSizeGreaterThan(20);
        }
    }

    @Test
    void tools_find_the_component_in_the_jar() throws IOException {
        Properties listed = new Properties();
        try (InputStream in = resource("/META-INF/services/org/apache/camel/component.properties")) {
            listed.load(in);
        }

        assertThat(listed).containsEntry("components", "dicom").containsEntry("artifactId", "collimator-camel");
    }

    @Test
    void camel_takes_the_configurer_and_the_uri_factory_instead_of_reflection() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            PropertyConfigurer configurer =
                    PluginHelper.getConfigurerResolver(context).resolvePropertyConfigurer("dicom-endpoint", context);
            EndpointUriFactory factory =
                    PluginHelper.getUriFactoryResolver(context).resolveFactory("dicom", context);

            assertThat(configurer).isInstanceOf(DicomEndpointConfigurer.class);
            assertThat(factory.buildUri("dicom", Map.of("operation", "echo", "calledAeTitle", "ARCHIVE")))
                    .isEqualTo("dicom:echo?calledAeTitle=ARCHIVE");
        }
    }
}
