// Stand-in for tests: AndroidX is not used; Robolectric 4.17 links against these names.
package androidx.test.runner.intent;

public final class IntentMonitorRegistry {
    private static IntentMonitor monitor;

    private IntentMonitorRegistry() {}

    public static void registerInstance(IntentMonitor given) {
        monitor = given;
    }

    public static IntentMonitor getInstance() {
        return monitor;
    }
}
