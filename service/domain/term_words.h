// The word of a value in a sentence.
#pragma once

#include <string>

#include "service/domain/terms.h"
#include "service/domain/values.h"

namespace kirikae::domain {

/// What people read for a value, which the catalogue has in Japanese; its name for one without.
template <typename Enum>
std::string Word(Enum value) {
  const Term* const term = FindTerm(value);
  return std::string(term == nullptr ? Name(value) : term->english);
}

}  // namespace kirikae::domain
