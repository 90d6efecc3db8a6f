// A sentence for people, kept apart from its arguments so that it can be said in either language.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace kirikae::domain {

/// An English sentence with $0…$9 for its arguments; the format is the key of the catalogue.
struct Sentence {
  Sentence() = default;
  /// An argument of over 300 bytes is cut and ends in "…": it is often what a caller sent, and an
  /// answer that quotes it whole would not fit into the headers it travels in.
  explicit Sentence(std::string english, std::vector<std::string> arguments = {});

  std::string format;
  std::vector<std::string> args;

  /// The sentence in English.
  std::string English() const;
};

/// Puts the arguments into a format of any language; `$$` is a dollar.
std::string Fill(const std::string& format, const std::vector<std::string>& args);

/// The most bytes of an argument of a sentence, and of any other text that an answer quotes.
inline constexpr size_t kMostQuotedBytes = 300;

/// The text; one of over `most` bytes is cut behind a whole character and ends in "…".
std::string Shortened(std::string text, size_t most = kMostQuotedBytes);

}  // namespace kirikae::domain
