// The closed sets of the API: every value with its canonical name and the word that people read.
#pragma once

#include <span>
#include <string_view>

#include "service/domain/values.h"

namespace kirikae::domain {

/// A value of a closed set.
struct Term {
  std::string_view name;     ///< canonical, `FACE_AND_PASSWORD`
  std::string_view english;  ///< what people read; the catalogue has the Japanese
};

/// A closed set. Constant; thread-safe.
struct TermSet {
  std::string_view name;        ///< of the enumeration in the API, `AuthMethod`
  std::span<const Term> terms;  ///< in the order of the values' numbers, from 1
};

/// All closed sets whose values people read.
std::span<const TermSet> TermSets();

/// What people read for the fields of messages of the API: a set a message, its terms named like
/// the fields. `Device` has all that people see of a device, `FieldMatch` all that a look-up
/// matches by.
std::span<const TermSet> FieldLabels();

/// The set of an enumeration of the domain.
template <typename Enum>
const TermSet& TermsOf();

/// The term of a value; null for one outside its set.
template <typename Enum>
const Term* FindTerm(Enum value) {
  const std::span<const Term> terms = TermsOf<Enum>().terms;
  const auto index = static_cast<size_t>(value) - 1;
  return index < terms.size() ? &terms[index] : nullptr;
}

}  // namespace kirikae::domain
