// Finds the encoding of a text without a byte order mark, line by line.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "service/text/encoding.h"

namespace kirikae::text {

/// What the bytes of a text show.
struct EncodingGuess {
  /// The one encoding that fits every line, or the one that fits up to `wrong_line`; unset when
  /// several fit all lines and none is likelier.
  std::optional<Encoding> encoding;
  /// Offset of the first line that the encoding does not fit; npos = it fits all.
  size_t wrong_line = std::string_view::npos;
  /// Offset of the first line with characters outside ASCII; npos = there is none.
  size_t first_line = std::string_view::npos;
};

/// Looks at every line on its own, because files are joined by hand: a line fits UTF-8, CP932 or
/// EUC-JP when it is well-formed in it and reads like Japanese. The first line that no encoding
/// fits which fitted all lines before ends the search. UTF-16 without a mark and ISO-2022-JP are
/// told by their bytes as a whole.
EncodingGuess GuessEncoding(std::string_view bytes);

}  // namespace kirikae::text
