// Every refusal of the core in words and with what to do next. The list is exhaustive: a new refusal does not compile until it
// has words here.
package app.raseed.bridge

import android.content.Context
import app.raseed.R
import app.raseed.core.RaseedException
import app.raseed.look.Banner

/** What to say, how loudly, and the step that helps, if there is one; [about] which payment that step is. */
class Trouble(val words: String, val kind: Banner.Kind, val remedy: Remedy? = null, val about: String? = null) {
    val icon: Int
        get() = when (kind) {
            Banner.Kind.Calm -> R.drawable.ic_cloud_off
            Banner.Kind.Wait -> R.drawable.ic_warning
            Banner.Kind.Stop -> R.drawable.ic_stop
            Banner.Kind.Done -> R.drawable.ic_check
        }
}

/** A step that helps, and the word on its button; which screen that is, the screens know. */
enum class Remedy(val word: Int, val icon: Int) {
    Enrol(R.string.remedy_enrol, R.drawable.ic_qr),
    Sync(R.string.remedy_sync, R.drawable.ic_sync),
    Shift(R.string.remedy_shift, R.drawable.ic_person),
    Clock(R.string.remedy_clock, R.drawable.ic_clock),
    Payment(R.string.remedy_payment, R.drawable.ic_search),
    Pin(R.string.remedy_pin, R.drawable.ic_lock),
}

/** Trying again later may help without anybody doing anything. */
val Refused.passes: Boolean
    get() = this is RaseedException.WaitForNetwork || this is RaseedException.SyncLater || this is RaseedException.Stopped

object Troubles {
    fun of(context: Context, refused: Refused): Trouble {
        fun look(id: Int, vararg values: Any) = Trouble(context.getString(id, *values), Banner.Kind.Wait)
        fun stop(id: Int, vararg values: Any) = Trouble(context.getString(id, *values), Banner.Kind.Stop)
        fun calm(id: Int) = Trouble(context.getString(id), Banner.Kind.Calm)
        fun step(id: Int, remedy: Remedy) = Trouble(context.getString(id), Banner.Kind.Wait, remedy)
        fun payment(kind: Banner.Kind, about: String, id: Int, vararg values: Any) =
            Trouble(context.getString(id, *values), kind, Remedy.Payment, about)
        return when (refused) {
            is RaseedException.Enrol -> step(R.string.trouble_enrol, Remedy.Enrol)
            is RaseedException.AlreadyEnrolled -> look(R.string.trouble_already_enrolled, refused.till)
            is RaseedException.AskNewLink -> look(newLink(refused.code))
            is RaseedException.FetchBook -> step(R.string.trouble_fetch_book, Remedy.Sync)
            is RaseedException.OpenShift -> step(R.string.trouble_open_shift, Remedy.Shift)
            is RaseedException.ShiftIsOpen -> look(R.string.trouble_shift_is_open)
            is RaseedException.CheckNumber -> look(R.string.trouble_check_number, refused.account)
            is RaseedException.AccountClosed -> stop(R.string.trouble_account_closed)
            is RaseedException.TypeAmount -> look(amount(refused.code))
            is RaseedException.TakeLess -> look(
                if (refused.byCashOnly) R.string.trouble_take_less_cash else R.string.trouble_take_less,
                refused.most.text,
            )
            is RaseedException.TakeMore -> look(R.string.trouble_take_more, refused.least.text)
            is RaseedException.TakeAll -> look(R.string.trouble_take_all, refused.payable.text)
            is RaseedException.TakeNothing -> look(R.string.trouble_take_nothing)
            is RaseedException.TakeInTwo -> look(R.string.trouble_take_in_two)
            is RaseedException.ModeOff -> look(R.string.trouble_mode_off, refused.mode)
            is RaseedException.NoSales -> look(R.string.trouble_no_sales)
            is RaseedException.MoneyMayHaveMoved ->
                payment(Banner.Kind.Stop, refused.payment, R.string.trouble_money_may_have_moved, refused.account, refused.payment)
            is RaseedException.NoSuchPayment -> look(R.string.trouble_no_such_payment, refused.payment)
            is RaseedException.PaymentOver -> payment(Banner.Kind.Wait, refused.payment, R.string.trouble_payment_over, refused.payment)
            is RaseedException.WaitForWord -> look(R.string.trouble_wait_for_word, refused.payment)
            is RaseedException.TypeReference -> look(R.string.trouble_type_reference)
            is RaseedException.ReferenceUsed -> payment(Banner.Kind.Stop, refused.payment, R.string.trouble_reference_used, refused.payment)
            is RaseedException.ShortenNote -> look(R.string.trouble_shorten_note, refused.most.toString())
            is RaseedException.AskSupervisor -> look(R.string.trouble_ask_supervisor)
            is RaseedException.SetPin -> step(R.string.trouble_set_pin, Remedy.Pin)
            is RaseedException.ChoosePin -> look(R.string.trouble_choose_pin)
            is RaseedException.TypePin -> look(R.string.trouble_type_pin, refused.left.toString())
            is RaseedException.WaitForPin -> look(R.string.trouble_wait_for_pin, refused.minutes.toString())
            is RaseedException.CorrectCardApp -> look(R.string.trouble_correct_card_app)
            is RaseedException.NotWithThisApp -> look(R.string.trouble_not_with_this_app)
            is RaseedException.ReadAgain -> reading(context, refused)
            is RaseedException.LookAgain -> look(R.string.trouble_look_again)
            is RaseedException.AlreadyBilled -> look(R.string.trouble_already_billed, refused.bill)
            is RaseedException.BillAtOffice -> look(R.string.trouble_bill_at_office, refused.code)
            is RaseedException.FixClock -> clock(context, refused)
            is RaseedException.SyncForKeys ->
                Trouble(context.getString(R.string.trouble_sync_for_keys, refused.now, refused.from), Banner.Kind.Wait, Remedy.Clock)
            is RaseedException.ClockIsFine -> look(R.string.trouble_clock_is_fine)
            is RaseedException.GiveReason -> look(R.string.trouble_give_reason)
            is RaseedException.TypeStaff -> look(R.string.trouble_type_staff)
            is RaseedException.BeginAgain -> look(R.string.trouble_begin_again, refused.answeredBy)
            is RaseedException.NoSuchReceipt -> look(R.string.trouble_no_such_receipt, refused.receipt)
            is RaseedException.FreeSpace -> stop(R.string.trouble_free_space)
            is RaseedException.AskAgain -> stop(R.string.trouble_ask_again)
            is RaseedException.TryAgain -> look(R.string.trouble_try_again)
            is RaseedException.UnlockDevice -> look(R.string.trouble_unlock_device)
            is RaseedException.CloseOther -> look(R.string.trouble_close_other)
            is RaseedException.UpdateApp -> stop(R.string.trouble_update_app)
            is RaseedException.WaitForNetwork -> calm(R.string.trouble_wait_for_network)
            is RaseedException.SyncLater -> calm(R.string.trouble_sync_later)
            is RaseedException.Stopped -> calm(R.string.trouble_stopped)
            is RaseedException.WrongOffice -> stop(R.string.trouble_wrong_office, refused.code)
            is RaseedException.BringDevice -> stop(R.string.trouble_bring_device, refused.code)
        }
    }

    /** Before the core has to refuse for it. */
    fun openShift(context: Context) = of(context, RaseedException.OpenShift())

    fun setPin(context: Context) = of(context, RaseedException.SetPin())

    /** A payment for this account whose end nobody knows, before the core has to refuse for it. */
    fun mayHaveMoved(context: Context, account: String, payment: String) = of(context, RaseedException.MoneyMayHaveMoved(account, payment))

    /** The core broke off: nobody knows what was recorded until it is asked again. */
    fun broken(context: Context) = Trouble(context.getString(R.string.trouble_ask_again), Banner.Kind.Stop)

    private fun newLink(code: String): Int = when (code) {
        "code-not-valid" -> R.string.trouble_link_used
        "not-encrypted" -> R.string.trouble_link_open
        else -> R.string.trouble_link_damaged
    }

    private fun amount(code: String): Int = when (code) {
        "empty", "zero" -> R.string.trouble_amount_empty
        "too-large" -> R.string.trouble_amount_large
        else -> R.string.trouble_amount
    }

    private fun reading(context: Context, refused: RaseedException.ReadAgain): Trouble {
        val words = when (refused.code) {
            "too-many-digits" -> context.getString(R.string.trouble_reading_digits)
            "lower-than-last" -> context.getString(R.string.trouble_reading_lower, refused.last?.toString().orEmpty())
            else -> context.getString(R.string.trouble_reading_missing)
        }
        return Trouble(words, Banner.Kind.Wait)
    }

    private fun clock(context: Context, refused: RaseedException.FixClock): Trouble {
        val words = when {
            refused.was.isEmpty() -> context.getString(R.string.trouble_clock_impossible)
            else -> context.getString(R.string.trouble_fix_clock, refused.now, refused.was)
        }
        return Trouble(words, Banner.Kind.Wait, Remedy.Clock)
    }
}
