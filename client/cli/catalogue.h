// The client's sentences in both languages.
#pragma once

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

}  // namespace kirikae::cli
