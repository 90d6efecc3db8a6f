// How an XLSX cell's number is meant to be shown.
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

/// What the number format `code` (ECMA-376 part 1, 18.8.31) makes of a number.
NumberFormat ParseNumberFormat(std::string_view code);

/// The formats of `styles` (the package's styles part) in the order cells name them by.
std::vector<NumberFormat> CellFormats(const pugi::xml_document& styles);

/// The stored number `value` as text under `format`; `value` itself where it is no number or
/// the format asks for nothing.
std::string FormatNumber(const std::string& value, const NumberFormat& format,
                         bool counts_from_1904);

}  // namespace kirikae::tabular
