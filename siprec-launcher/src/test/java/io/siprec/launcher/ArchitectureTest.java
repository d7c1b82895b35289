package io.siprec.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between modules (docs/architecture.md), held by the build. */
class ArchitectureTest {
    private static final String ROOT = "io.siprec.";

    /** Which module may use which; a module's name is its package below the root. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "core", Set.of(),
            "sip", Set.of(),
            "rtp", Set.of(),
            "codec", Set.of("rtp"),
            "stt", Set.of(),
            "store", Set.of("core"),
            "server", Set.of("core", "sip", "rtp", "stt"),
            "testkit", Set.of("core", "sip", "rtp"),
            "launcher", Set.of("server", "core", "sip", "rtp", "stt", "store", "testkit"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.siprec");

    @Test
    void everyModuleIsLookedAt() {
        for (String module : Set.of("core", "sip", "rtp", "codec", "stt", "server", "testkit", "launcher")) {
            assertThat(CLASSES.stream().filter(c -> module(c).equals(module)))
                    .as(module)
                    .isNotEmpty();
        }
        assertThat(CLASSES.stream().map(ArchitectureTest::module)).allMatch(ARROWS::containsKey);
    }

    @Test
    void modulesUseOnlyWhatTheirArrowsAllow() {
        classes()
                .should(new ArchCondition<>("follow the arrows") {
                    @Override
                    public void check(JavaClass from, ConditionEvents events) {
                        from.getDirectDependenciesFromSelf().stream()
                                .filter(d -> d.getTargetClass().getPackageName().startsWith(ROOT))
                                .filter(d -> !allowed(module(from), module(d.getTargetClass())))
                                .forEach(d -> events.add(SimpleConditionEvent.violated(from, d.getDescription())));
                    }
                })
                .check(CLASSES);
    }

    @Test
    void noModuleUsesTheInternalsOfAnother() {
        classes()
                .should(new ArchCondition<>("leave others' internal packages alone") {
                    @Override
                    public void check(JavaClass from, ConditionEvents events) {
                        from.getDirectDependenciesFromSelf().stream()
                                .filter(d -> isInternal(d.getTargetClass()))
                                .filter(d -> !module(from).equals(module(d.getTargetClass())))
                                .forEach(d -> events.add(SimpleConditionEvent.violated(from, d.getDescription())));
                    }
                })
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip", "rtp", "stt"})
    void theProtocolModulesArePureJdk(String module) {
        classes()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + module + "..", "java..", "javax..", "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void theLibraryLeavesTheProcessToItsApplication() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "launcher..")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "read the environment, exit, or install a hook",
                        call -> call.getTargetOwner().getName().matches("java.lang.(System|Runtime)")
                                && Set.of("getenv", "exit", "halt", "addShutdownHook")
                                        .contains(call.getName())))
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "sip", "rtp", "server.internal"})
    void packagesOfAModuleFormNoCycle(String module) {
        slices().matching(ROOT + module + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    private static boolean allowed(String from, String to) {
        return from.equals(to) || ARROWS.getOrDefault(from, Set.of()).contains(to);
    }

    private static boolean isInternal(JavaClass c) {
        return c.getPackageName().startsWith(ROOT) && c.getPackageName().contains(".internal");
    }

    private static String module(JavaClass c) {
        return c.getPackageName().startsWith(ROOT)
                ? c.getPackageName().substring(ROOT.length()).split("\\.")[0]
                : "";
    }
}
