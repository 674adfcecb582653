// Stand-in for tests: AndroidX is not used; Robolectric 4.17 links against these names.
package androidx.test.platform.ui;

import android.view.KeyEvent;
import android.view.MotionEvent;

public interface UiController {
    boolean injectMotionEvent(MotionEvent event) throws InjectEventSecurityException;

    boolean injectKeyEvent(KeyEvent event) throws InjectEventSecurityException;

    boolean injectString(String text) throws InjectEventSecurityException;

    void loopMainThreadUntilIdle();

    void loopMainThreadForAtLeast(long milliseconds);
}
