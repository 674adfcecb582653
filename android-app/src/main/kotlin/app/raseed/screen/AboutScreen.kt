// What this device is: for the person on the telephone with the supervisor.
package app.raseed.screen

import android.os.Build
import android.os.StatFs
import android.view.View
import app.raseed.R
import app.raseed.bridge.About
import app.raseed.bridge.Profile
import app.raseed.bridge.StorageKind
import app.raseed.bridge.StorageView
import app.raseed.bridge.StorageWorry
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.RowCard
import app.raseed.look.Size
import app.raseed.look.column

class AboutScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val checked = column(context, 0)
    private val till = column(context, Size.GRID)
    private val device = column(context, Size.GRID)
    private var checking = false

    override fun build(): View = page.apply {
        title(text(R.string.about_title), frame::back)
        for (part in listOf(checked, till, device)) content.addView(part)
        link(R.drawable.ic_language, R.string.language_title, Screens.LANGUAGE)
        link(R.drawable.ic_print, R.string.printer_title, Screens.PRINTER)
        link(R.drawable.ic_qr, R.string.verify_title, Screens.VERIFY)
        link(R.drawable.ic_lock, R.string.pin_title, Screens.PIN)
        link(R.drawable.ic_card, R.string.payments_title, Screens.PAYMENTS)
        offer()
        showDevice("")
    }

    override fun shown() = ask({ core.about() }) {
        showTill(it)
        showDevice(it.version)
    }

    private fun link(icon: Int, word: Int, screen: String) {
        page.content.addView(RowCard(context, text(word), icon = icon) { frame.go(Place(screen)) })
    }

    private fun showTill(about: About) {
        till.removeAllViews()
        fun fact(name: Int, value: String) = till.addView(Fact(context, text(name), value))
        fact(R.string.about_till, about.till)
        fact(R.string.profile_name, text(profile()))
        fact(R.string.about_incarnation, about.incarnation.toString())
        fact(R.string.about_receipts, about.receipts.toString())
        fact(R.string.about_total, about.grandTotal.text)
        fact(R.string.about_records, about.records.toString())
        fact(R.string.about_households, about.households.toString())
        fact(R.string.about_book, about.bookOf ?: text(R.string.about_no_book))
        // In fours: two people compare it by telephone.
        fact(R.string.about_head, about.head.chunked(4).joinToString(" "))
        fact(R.string.about_office, about.officeUrl)
        about.storage.trouble?.let { till.addView(Banner(context, Banner.Kind.Wait, R.drawable.ic_warning, text(worry(it)))) }
        fact(R.string.about_storage, listOf(text(kind(about.storage)), about.storage.technical).filter(String::isNotEmpty).joinToString(" · "))
    }

    private fun worry(worry: StorageWorry): Int = when (worry) {
        StorageWorry.DOES_NOT_FLUSH, StorageWorry.TOO_QUICK -> R.string.about_storage_may_lose
        StorageWorry.IN_MEMORY -> R.string.about_storage_loses_all
    }

    private fun kind(storage: StorageView): Int = when (storage.kind) {
        StorageKind.FLUSHES -> if (storage.trouble == null) R.string.about_storage_flushes else R.string.about_storage_doubtful
        StorageKind.NEEDS_SYNCFS -> R.string.about_storage_synced
        StorageKind.DOES_NOT_FLUSH -> R.string.about_storage_not_flushed
        StorageKind.IN_MEMORY -> R.string.about_storage_in_memory
        StorageKind.UNKNOWN -> R.string.about_storage_unknown
    }

    private fun profile(): Int = when (frame.pos.frontDoor.profile) {
        Profile.COLLECTOR -> R.string.profile_collector
        Profile.COUNTER -> R.string.profile_counter
        Profile.MERCHANT -> R.string.profile_merchant
        Profile.KIOSK -> R.string.profile_kiosk
    }

    private fun showDevice(library: String) {
        device.removeAllViews()
        fun fact(name: Int, value: String) = device.addView(Fact(context, text(name), value))
        val free = StatFs(context.noBackupFilesDir.path).availableBytes / MEGABYTE
        if (free < LITTLE) {
            device.addView(Banner(context, Banner.Kind.Wait, R.drawable.ic_warning, text(R.string.about_little_room, free.toString())))
        }
        fact(R.string.about_free, text(R.string.about_megabytes, free.toString()))
        fact(R.string.about_device, listOf(Build.MANUFACTURER, Build.MODEL).joinToString(" "))
        val app = context.packageManager.getPackageInfo(context.packageName, 0).versionName.orEmpty()
        fact(R.string.about_versions_name, text(R.string.about_versions, app, library, Build.VERSION.RELEASE))
    }

    private fun offer() {
        page.actions.removeAllViews()
        if (checking) return
        page.actions.addView(BigButton(context, BigButton.Kind.Plain, R.drawable.ic_check, text(R.string.about_check), onTouch = ::check))
    }

    private fun check() {
        unsay()
        checking = true
        result(Banner.Kind.Calm, R.drawable.ic_wait, R.string.about_checking)
        askSlowly({ core.device().check() }) {
            checking = false
            result(Banner.Kind.Done, R.drawable.ic_check, R.string.about_checked)
        }
    }

    private fun result(kind: Banner.Kind, icon: Int, words: Int) {
        checked.removeAllViews()
        checked.addView(Banner(context, kind, icon, text(words)))
        offer()
    }

    override fun failed(error: Throwable) {
        checking = false
        checked.removeAllViews()
        offer()
        super.failed(error)
    }

    private companion object {
        const val MEGABYTE = 1_000_000L

        /** Below this many megabytes the person should make room. */
        const val LITTLE = 200
    }
}
