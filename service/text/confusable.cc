#include "service/text/confusable.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <memory>

#include "service/text/fold.h"
#include "service/text/utf8.h"

namespace kirikae::text {

std::string FoldConfusable(std::string_view name) {
  // A checker that is only read is thread-safe. It lives as long as the process.
  static const USpoofChecker* const checker = [] {
    UErrorCode status = U_ZERO_ERROR;
    return uspoof_open(&status);
  }();
  const std::string folded = FoldVariant(name);
  if (checker == nullptr) return folded;
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString skeleton;
  uspoof_getSkeletonUnicodeString(checker, 0, icu::UnicodeString::fromUTF8(folded), skeleton,
                                  &status);
  if (U_FAILURE(status)) return folded;
  std::string key;
  return skeleton.toUTF8String(key);
}

bool IsPrintableName(std::string_view name) {
  if (FindIllFormedUtf8(name) != std::string_view::npos) return false;
  bool after_space = true;
  for (const char32_t c : CodePoints(name)) {
    const auto point = static_cast<UChar32>(c);
    const bool is_space = u_isUWhiteSpace(point) != 0;
    if (is_space && after_space) return false;
    after_space = is_space;
    if (!is_space && (u_isgraph(point) == 0 ||
                      u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0)) {
      return false;
    }
    if (is_space && c != U' ' && c != U'\u3000') return false;
  }
  return !after_space;
}

}  // namespace kirikae::text
