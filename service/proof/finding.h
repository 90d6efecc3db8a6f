// What a check of the record found.
#pragma once

#include <cstdint>

#include "service/domain/sentence.h"

namespace kirikae::proof {

/// The kinds of what may have been done to a record.
enum class FaultKind {
  kUnreadable,      ///< a line or a checkpoint that can't be read
  kAltered,         ///< a change set whose content does not give its hash
  kRemoved,         ///< change sets that are missing before others
  kReordered,       ///< change sets in another order
  kCutOff,          ///< the newest change sets are missing
  kForked,          ///< the record is not the one that a checkpoint was made of
  kWrongSignature,  ///< a checkpoint that its key did not sign so
  kUnknownKey,      ///< a checkpoint by a key that is not known; what it says was compared
};

struct Finding {
  FaultKind kind{};
  int64_t change_set = 0;  ///< the first that is concerned; 0 = none
  domain::Sentence sentence;
};

}  // namespace kirikae::proof
