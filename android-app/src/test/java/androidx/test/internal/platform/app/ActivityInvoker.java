// Stand-in for tests: AndroidX is not used; Robolectric 4.17 links against these names.
package androidx.test.internal.platform.app;

import android.app.Activity;
import android.app.Instrumentation.ActivityResult;
import android.content.Intent;
import android.os.Bundle;

public interface ActivityInvoker {
    Intent getIntentForActivity(Class<? extends Activity> activity);

    void startActivity(Intent intent);

    void startActivity(Intent intent, Bundle options);

    void startActivityForResult(Intent intent);

    void startActivityForResult(Intent intent, Bundle options);

    ActivityResult getActivityResult();

    void resumeActivity(Activity activity);

    void pauseActivity(Activity activity);

    void stopActivity(Activity activity);

    void recreateActivity(Activity activity);

    void finishActivity(Activity activity);
}
