// Invented people and the ward's departments, for ward_generator.
#pragma once

#include <span>
#include <string_view>

namespace kirikae::testing {

struct NamePart {
  std::string_view written;
  std::string_view kana;  ///< full-width Katakana
};

/// Family names, with the variant kanji that real staff lists are full of.
std::span<const NamePart> FamilyNames();
std::span<const NamePart> GivenNames();

struct Section {
  std::string_view division;  ///< 部
  std::string_view section;   ///< 課
  std::string_view site;
  std::string_view head_title;
  bool counter = false;  ///< has shared counter terminals
};

/// The ward's sections, those of a division together, the leading one first.
std::span<const Section> Sections();

}  // namespace kirikae::testing
