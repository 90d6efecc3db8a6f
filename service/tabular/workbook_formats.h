// How an XLSX cell shows its value.
#pragma once

#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace kirikae::tabular {

/// A number as its cell shows it.
struct ShownNumber {
  std::string text;
  /// Without the commas between thousands, where the cell shows such; else empty.
  std::string plain{};

  bool operator==(const ShownNumber&) const = default;
};

/// A number format (ECMA-376 part 1, 18.8.31): up to four sections, for positive and negative
/// numbers, zero and text. Constant; thread-safe.
class NumberFormat {
 public:
  NumberFormat();
  explicit NumberFormat(std::string_view code);

  /// What a cell with the number `value`, as the sheet stores it, shows; `value` when it is no
  /// number. Integers up to 999,999,999,999,999 are shown in full and numbers with 15 digits, as a
  /// spreadsheet's input line does. A format with a day gives `2025-05-01`, or `2025-05-01 13:30`
  /// with a time, whatever its order. nullopt for forms that are not read: fractions and numbers in
  /// kanji.
  std::optional<ShownNumber> Show(const std::string& value, bool counts_from_1904) const;

  /// What a cell with this text shows.
  std::string ShowText(const std::string& text) const;

  const std::string& code() const { return code_; }

  struct Section;

 private:
  const Section* SectionFor(double number) const;

  std::string code_;
  std::shared_ptr<const std::vector<Section>> sections_;  // shared by copies, never changed
};

/// The formats of `styles` (the package's styles part), by the index that cells use.
std::vector<NumberFormat> CellFormats(const pugi::xml_document& styles);

}  // namespace kirikae::tabular
