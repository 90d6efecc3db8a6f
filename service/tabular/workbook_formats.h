// How an XLSX cell shows its number.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace kirikae::tabular {

struct NumberFormat {
  bool date = false;       ///< has a day, so the number is a day number
  size_t zero_digits = 0;  ///< of a format that is only zeros, such as `0000000`
};

/// What the number format `code` (ECMA-376 part 1, 18.8.31) shows.
NumberFormat ParseNumberFormat(std::string_view code);

/// The formats of `styles` (the package's styles part), by the index that cells use.
std::vector<NumberFormat> CellFormats(const pugi::xml_document& styles);

/// The stored number `value` as text under `format`; `value` unchanged when it is not a number or
/// the format changes nothing.
std::string FormatNumber(const std::string& value, const NumberFormat& format,
                         bool counts_from_1904);

}  // namespace kirikae::tabular
