// A sentence for people, kept apart from its arguments so that it can be said in either language.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kirikae::text {

/// An English sentence with $0…$9 for its arguments; the format is the key of the catalogue.
struct Sentence {
  Sentence() = default;
  /// An argument of over 300 bytes is cut and ends in "…": it is often what a caller sent, and an
  /// answer that quotes it whole would not fit into the headers it travels in.
  Sentence(std::string english, std::vector<std::string> arguments);
  explicit Sentence(std::string english);

  std::string format;
  std::vector<std::string> args;

  /// The sentence in English.
  std::string English() const;

  bool operator==(const Sentence&) const = default;
};

/// Puts the arguments into a format of any language, in the places of $0…$9; `$$` is a dollar. A
/// place without an argument stays empty.
std::string Fill(std::string_view format, const std::vector<std::string>& args);

/// The most bytes of an argument of a sentence, and of any other text that an answer quotes.
inline constexpr size_t kMostQuotedBytes = 300;

/// The text; one of over `most` bytes is cut behind a whole character and ends in "…".
std::string Shortened(std::string text, size_t most = kMostQuotedBytes);

}  // namespace kirikae::text
