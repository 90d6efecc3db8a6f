// Keys under which names that sound alike are found.
#pragma once

#include <string>
#include <string_view>

namespace kirikae::text {

// All functions here take UTF-8 and are pure, thread-safe and idempotent.

/// FoldLoose, and in addition: ヴァ ヴィ ヴ ヴェ ヴォ become バ ビ ブ ベ ボ; ヰ ヱ ヲ become イ エ
/// オ; ヂ ヅ become ジ ズ; a vowel that only lengthens the kana before it goes (オオノ, オウノ,
/// オーノ → オノ), and so does a hyphen or a wave after a kana, which stands for a long mark
/// (ジョ－ → ジヨ).
std::string FoldSound(std::string_view text);

/// FoldSound with every voiced kana as its unvoiced one: ヤマザキ and ヤマサキ have one key.
std::string FoldUnvoiced(std::string_view text);

/// An identifier's letters and digits alone (FoldIdentifier): `TSM 00123`, `tsm.00123`, `TSM_00123`
/// and `TSM00123` are TSM00123.
std::string FoldCompact(std::string_view text);

/// The same without the zeros at the beginning of each number: `TSM-00702` and `TSM702` are TSM702.
std::string FoldWithoutZeros(std::string_view text);

}  // namespace kirikae::text
