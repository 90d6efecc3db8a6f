// The Japanese of every sentence, from the gettext catalogue ja.po that is built into the program.
#pragma once

#include <string>

#include "service/domain/sentence.h"

namespace kirikae::catalogue {

/// The sentence in Japanese; in English where the catalogue has none (a test keeps it whole).
/// Thread-safe.
std::string Japanese(const domain::Sentence& sentence);

/// The Japanese of a fixed English text.
std::string Japanese(const std::string& english);

}  // namespace kirikae::catalogue
