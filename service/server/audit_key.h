// The key that signs checkpoints of the record.
#pragma once

#include "absl/status/statusor.h"
#include "service/api/call/environment.h"
#include "service/proof/signed_note.h"
#include "service/server/config.h"

namespace kirikae::server {

/// The key in the configured file; without one, in `audit.key` of the state directory. Where the
/// file is missing, a new key with a name of its own is written into it with mode 0600. The public
/// key is written into `audit.pub` of the state directory. FAILED_PRECONDITION, AUDIT_KEY_UNFIT:
/// what is in the file is no key, or others can read it. UNAVAILABLE: it can't be read.
absl::StatusOr<proof::SigningKey> LoadAuditKey(const Config& config);

/// Tells the record of the notary's key, if it does not know it yet.
absl::Status TellOfKey(const api::Environment& env);

}  // namespace kirikae::server
