// Variant forms of kanji that occur in people's and places' names.
#pragma once

namespace kirikae::text {

/// The common form of `code_point` (髙 → 高, 邉 → 辺), or `code_point` itself where this
/// program's own table has none. Only for search keys: a person's name is stored as given, and
/// two forms of a name are never taken for the same person.
char32_t CommonForm(char32_t code_point);

}  // namespace kirikae::text
