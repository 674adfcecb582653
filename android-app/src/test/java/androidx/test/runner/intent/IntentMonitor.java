// Stand-in for tests: AndroidX is not used; Robolectric 4.17 links against these names.
package androidx.test.runner.intent;

public interface IntentMonitor {}
