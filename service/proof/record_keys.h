// The keys that signed a record, as its own history has them.
#pragma once

#include <vector>

#include "service/domain/records.h"
#include "service/proof/signed_note.h"

namespace kirikae::proof {

/// The name under which the record tells of its keys; there is no record of it.
inline constexpr char kKeysSubject[] = "audit";

/// The keys in the history of kKeysSubject, in its order.
std::vector<PublicKey> KeysIn(const std::vector<domain::HistoryEntry>& history);

}  // namespace kirikae::proof
