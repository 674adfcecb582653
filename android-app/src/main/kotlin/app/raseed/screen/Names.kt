// How a household is called on every screen: its name in both scripts, its house and place.
package app.raseed.screen

fun bothNames(name: String, latin: String): String = listOf(name, latin).filter(String::isNotEmpty).joinToString(" · ")

fun whereabouts(house: String, place: String): String = listOf(house, place).filter(String::isNotEmpty).joinToString(", ")
