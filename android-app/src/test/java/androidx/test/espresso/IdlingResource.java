// Stand-in for tests: AndroidX is not used; Robolectric 4.17 links against these names.
package androidx.test.espresso;

public interface IdlingResource {
    String getName();

    boolean isIdleNow();

    void registerIdleTransitionCallback(ResourceCallback callback);

    interface ResourceCallback {
        void onTransitionToIdle();
    }
}
