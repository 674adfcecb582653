// Stand-in for tests: AndroidX is not used; Robolectric 4.17 links against these names.
package androidx.test.runner.lifecycle;

public final class ApplicationLifecycleMonitorRegistry {
    private static ApplicationLifecycleMonitor monitor;

    private ApplicationLifecycleMonitorRegistry() {}

    public static void registerInstance(ApplicationLifecycleMonitor given) {
        monitor = given;
    }

    public static ApplicationLifecycleMonitor getInstance() {
        return monitor;
    }
}
