// Keys for comparing and finding names. The input is a line of text and a second one to compare.
#include "service/text/fold.h"

#include <string>
#include <vector>

#include "service/text/confusable.h"
#include "service/text/similar.h"
#include "service/text/utf8.h"
#include "tests/fuzz/fuzz_target.h"

namespace kirikae::fuzz {
namespace {

using Fold = std::string (*)(std::string_view text);

void CheckFold(std::string_view text, Fold fold) {
  const std::string key = fold(text);
  Require(text::FindIllFormedUtf8(key) == std::string_view::npos, "a key is well-formed UTF-8");
  Require(fold(key) == key, "folding a key gives the same key");
}

void CheckDistance(std::string_view a, std::string_view b) {
  constexpr size_t kLimit = 3;
  const auto distance = text::EditDistance(a, b, kLimit);
  Require(distance == text::EditDistance(b, a, kLimit), "a distance is the same both ways");
  Require(!distance.has_value() || *distance <= kLimit, "a distance is within its limit");
  Require(text::EditDistance(a, a, kLimit) == size_t{0}, "a text is not away from itself");
  const std::vector<std::string> candidates = {std::string(b), "TSM-00123"};
  text::Nearest(a, candidates, kLimit);
}

}  // namespace
}  // namespace kirikae::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace fuzz = kirikae::fuzz;
  namespace text = kirikae::text;
  constexpr size_t kLongest = 4096;
  if (size > kLongest) return 0;
  std::string_view second = fuzz::Input(data, size);
  const std::string_view first = fuzz::TakeLine(second);
  // What is folded was read as UTF-8.
  if (text::FindIllFormedUtf8(first) != std::string_view::npos) return 0;
  for (const fuzz::Fold fold :
       {text::FoldIdentifier, text::FoldSearch, text::FoldVariant, text::FoldLoose}) {
    fuzz::CheckFold(first, fold);
  }
  fuzz::Require(text::FindIllFormedUtf8(text::FoldConfusable(first)) == std::string_view::npos,
                "a key is well-formed UTF-8");
  if (text::IsPrintableName(first)) {
    fuzz::Require(text::FindIllFormedUtf8(first) == std::string_view::npos,
                  "a printable name is well-formed UTF-8");
  }
  fuzz::CheckDistance(first, second);
  return 0;
}
