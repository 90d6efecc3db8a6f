// Texts in a row of bytes, each after its length.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kirikae::store {

/// Adds a text: its length, seven bits a byte, lowest first, the eighth bit set where more follow;
/// then its bytes.
void PackText(std::string_view text, std::string& packed);

/// Takes the next text off the front of `packed`; nothing where there is none, or its length is
/// written with more bytes than are needed: one content has one form.
std::optional<std::string_view> TakeText(std::string_view& packed);

}  // namespace kirikae::store
