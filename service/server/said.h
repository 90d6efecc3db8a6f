// What the program says to the person who runs it.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "service/domain/sentence.h"

namespace kirikae::server {

/// From now on sentences are said in `ja` or `en` only; "" = in both, as at the start. Called
/// before there are threads.
void SpeakOnly(std::string_view language);

/// Prints the sentence, a line a language, each behind `before`.
void Say(std::ostream& out, const domain::Sentence& sentence, const std::string& before = "");

}  // namespace kirikae::server
