// Every refusal that the library can make has words in every language, and what they speak of stands in them.
package app.raseed.bridge

import app.raseed.House
import app.raseed.core.RaseedException
import app.raseed.frame.Language
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import java.lang.reflect.Constructor

class TroublesTest : House() {
    @Test
    fun `each has words in each language, none is left in English, and no figure is lost`() {
        val all = refusals()
        assertTrue("all of them: ${all.size}", all.size >= 35)
        val english = words(Language.English, all)
        for (language in Language.values()) {
            val words = words(language, all)
            for ((name, said) in words) {
                assertTrue("$language $name: nothing is said", said.isNotBlank())
                assertTrue("$language $name: $said", '%' !in said)
                if (language != Language.English) assertTrue("$name in $language is English: $said", said != english[name])
            }
            assertTrue(words.getValue("TakeMore").contains("₹777"))
            assertTrue(words.getValue("TakeAll").contains("₹777"))
            assertTrue(words.getValue("CheckNumber").contains("that one"))
        }
    }

    @Test
    fun `only what may have been recorded is in doubt`() {
        val doubtful = refusals().filter { it.leavesDoubt }.map { it.javaClass.simpleName }.sorted()
        assertEquals(listOf("AskAgain", "FreeSpace"), doubtful)
        assertTrue(Broken("it broke off").leavesDoubt)
    }

    private fun words(language: Language, all: List<Refused>): Map<String, String> {
        open(language)
        return all.associate { it.javaClass.simpleName to Troubles.of(activity, it).words }.also { close() }
    }

    /** One of each, made through its only constructor. */
    private fun refusals(): List<Refused> = RaseedException::class.java.declaredClasses
        .filter { RaseedException::class.java.isAssignableFrom(it) }
        .map { make(it) }

    private fun make(type: Class<*>): Refused {
        // Kotlin's unsigned figures hide the plain constructor; the one with the marker at its end is the open one.
        val constructor = type.declaredConstructors.maxBy(Constructor<*>::getParameterCount)
        constructor.isAccessible = true
        return constructor.newInstance(*constructor.parameterTypes.map(::value).toTypedArray()) as Refused
    }

    private fun value(type: Class<*>): Any? = when (type) {
        String::class.java -> "that one"
        Money::class.java -> Money(777_00, "₹777")
        Boolean::class.javaPrimitiveType -> true
        Int::class.javaPrimitiveType -> 7
        UInt::class.java -> 7u
        List::class.java -> emptyList<Any>()
        else -> null
    }
}
