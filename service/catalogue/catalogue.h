// The Japanese of every sentence, from the gettext catalogue ja.po that is built into the program.
#pragma once

#include <string>

#include "service/domain/sentence.h"

namespace kirikae::catalogue {

/// The languages that the service writes files in.
enum class Language { kJapanese, kEnglish };

/// The sentence, or a fixed English text, in the language. Thread-safe.
std::string InLanguage(const domain::Sentence& sentence, Language language);
std::string InLanguage(const std::string& english, Language language);

/// The sentence in Japanese; in English when the catalogue lacks it (a test checks that it lacks
/// none). Thread-safe.
std::string Japanese(const domain::Sentence& sentence);

/// The Japanese of a fixed English text.
std::string Japanese(const std::string& english);

}  // namespace kirikae::catalogue
