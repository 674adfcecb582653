// Stand-in for tests: AndroidX is not used; Robolectric 4.17 links against these names.
package androidx.test.platform.ui;

public class InjectEventSecurityException extends Exception {
    public InjectEventSecurityException(String message) {
        super(message);
    }

    public InjectEventSecurityException(Throwable cause) {
        super(cause);
    }

    public InjectEventSecurityException(String message, Throwable cause) {
        super(message, cause);
    }
}
