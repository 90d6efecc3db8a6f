// The client's sentences in both languages.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kirikae::cli {

enum class Language { kEnglish, kJapanese };

/// Sets the language of Tr. Call it once, before any sentence.
void SetLanguage(Language language);
Language CurrentLanguage();

/// The sentence in the chosen language, with its arguments in the places of $0…$9; a dollar is
/// `$$`. The service fills its sentences itself (service/text/sentence.h), which the client can't
/// include.
std::string Tr(const std::string& english, const std::vector<std::string>& args = {});

/// The sentence about `count` things: the first form for one in English, the second for any other
/// number, and the forms of the catalogue in other languages. $0 is the count, $1…$9 are the
/// arguments.
std::string Trn(const std::string& one, const std::string& many, int64_t count,
                std::vector<std::string> args = {});

}  // namespace kirikae::cli
