"""Files read at run time: icons, fonts, themes, translations and sample tariffs."""
