// The table of sessions.
#pragma once

#include <string>
#include <vector>

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// Adds a session; removes those that had expired when it began, and the oldest ones of its token
/// beyond kMostSessions. Throws SQLite::Exception.
void PutSession(Connection& connection, const Session& session);

/// Removes a session, if it is there. Throws SQLite::Exception.
void EndSession(Connection& connection, const std::string& hash);

/// The hashes of the sessions whose row is not as it was written. Throws SQLite::Exception.
std::vector<std::string> AlteredSessions(Connection& connection);

}  // namespace kirikae::store
