// Variant forms of kanji in the names of persons and places.
#pragma once

namespace kirikae::text {

/// The common form of `code_point` (髙 → 高, 邉 → 辺), or `code_point` itself when this program's
/// table has none. Only for search keys: a person's name is stored as given, and names in two forms
/// never count as the same person.
char32_t CommonForm(char32_t code_point);

}  // namespace kirikae::text
