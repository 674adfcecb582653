// Stand-in for tests: AndroidX is not used; Robolectric 4.17 links against these names.
package androidx.test.runner.intent;

public final class IntentStubberRegistry {
    private IntentStubberRegistry() {}

    public static boolean isLoaded() {
        return false;
    }

    public static IntentStubber getInstance() {
        throw new IllegalStateException("no test stubs intents");
    }
}
