// Packs texts into bytes, each text after its length.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kirikae::store {

/// Adds a text: its length, then its bytes. The length takes seven bits per byte, lowest first; the
/// eighth bit is set when more bytes of the length follow.
void PackText(std::string_view text, std::string& packed);

/// Takes the next text off the front of `packed`. Absent when there is none, or when its length
/// uses more bytes than needed: each content has exactly one packed form.
std::optional<std::string_view> TakeText(std::string_view& packed);

}  // namespace kirikae::store
