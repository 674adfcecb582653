// Stand-in for tests: AndroidX is not used; Robolectric 4.17 links against these names.
package androidx.test.internal.platform.os;

import android.view.View;

public interface ControlledLooper {
    void drainMainThreadUntilIdle();

    void simulateWindowFocus(View decor);

    default boolean areDrawCallbacksSupported() {
        return true;
    }
}
