// Stand-in for tests: AndroidX is not used; Robolectric 4.17 links against these names.
package androidx.test.internal.platform.util;

public final class TestOutputEmitter {
    private TestOutputEmitter() {}

    public static void dumpThreadStates(String file) {}
}
