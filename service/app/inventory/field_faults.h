// Sets fields of a record by name and collects every fault.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "service/domain/error_detail.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"

namespace kirikae::app {

/// Longest text of a field in characters; an import takes no longer ones.
inline constexpr size_t kMostFieldCharacters = 500;
/// The same in bytes.
inline constexpr size_t kMostFieldBytes = kMostFieldCharacters * 4;

/// Whether a text, in UTF-8, is longer than a field takes.
inline bool IsTooLong(std::string_view text) {
  const auto characters = std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  });
  return static_cast<size_t>(characters) > kMostFieldCharacters;
}

/// INVALID_ARGUMENT: the mask of an update is empty.
inline absl::Status NoFieldNamed() {
  return domain::InvalidField("update_mask", domain::Sentence("Name the fields to change."));
}

/// Sets the field with this API name to the value of the text. Adds a fault when the record has no
/// such changeable field, or the text is too long or no value of the field.
template <typename Record>
void SetFieldOf(Record& record, const std::string& api_name, const std::string& text,
                std::vector<domain::Violation>& faults) {
  const domain::Field<Record>* const field =
      domain::FindApiField<Record>(api_name, domain::kEdited);
  if (field == nullptr) {
    faults.push_back(
        {api_name, domain::Sentence("There is no field $0 that can be changed.", {api_name})});
  } else if (IsTooLong(text)) {
    faults.push_back({api_name, domain::Sentence("This is too long; at most 500 characters.")});
  } else if (!field->set(record, text)) {
    faults.push_back({api_name, domain::Sentence("This is no value of $0.", {api_name})});
  }
}

}  // namespace kirikae::app
