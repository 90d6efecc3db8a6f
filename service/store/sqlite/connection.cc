#include "service/store/sqlite/connection.h"

#include <sqlite3.h>

#include <utility>

#include "absl/strings/str_format.h"

namespace kirikae::store {
namespace {

constexpr int kBusyMillis = 10'000;
// Steps of SQLite's machine between two questions whether to go on: some 50 microseconds.
constexpr int kStepsBetween = 1'000;

// One thread at a time uses a connection, so SQLite need not lock it.
int FlagsOf(Access access) {
  switch (access) {
    case Access::kRead:
      return SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX;
    case Access::kReadStill:
      return SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX;
    case Access::kWrite:
      break;
  }
  return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX;
}

// The file as a URI that says that nobody changes it. SQLite then needs no file beside it.
std::string StillUri(const std::string& file) {
  std::string uri = "file:";
  for (const char letter : file) {
    if (letter == '?' || letter == '#' || letter == '%') {
      absl::StrAppendFormat(&uri, "%%%02X", static_cast<unsigned char>(letter));
    } else {
      uri.push_back(letter);
    }
  }
  return uri + "?immutable=1";
}

}  // namespace

Query::~Query() {
  // After an error, reset() would throw the same error again.
  statement_.tryReset();
  statement_.clearBindings();
}

Query& Query::Bind(std::string_view text) {
  statement_.bind(++bound_, std::string(text));
  return *this;
}

Query& Query::BindNumber(int64_t number) {
  statement_.bind(++bound_, number);
  return *this;
}

Query& Query::Bind(const std::optional<absl::CivilDay>& day) {
  if (day.has_value()) return Bind(std::string_view(absl::FormatCivilTime(*day)));
  statement_.bind(++bound_);
  return *this;
}

Query& Query::BindBlob(std::string_view bytes) {
  statement_.bind(++bound_, bytes.data(), static_cast<int>(bytes.size()));
  return *this;
}

Query& Query::BindHere(const std::string& text) {
  statement_.bindNoCopy(++bound_, text);
  return *this;
}

Query& Query::BindBlobHere(std::string_view bytes) {
  statement_.bindNoCopy(++bound_, bytes.data(), static_cast<int>(bytes.size()));
  return *this;
}

std::string Query::Text(int column) const {
  const SQLite::Column cell = statement_.getColumn(column);
  const auto* const bytes = static_cast<const char*>(cell.getBlob());
  return bytes == nullptr ? std::string()
                          : std::string(bytes, static_cast<size_t>(cell.getBytes()));
}

std::optional<absl::CivilDay> Query::Day(int column) const {
  if (statement_.getColumn(column).isNull()) return std::nullopt;
  absl::CivilDay day;
  if (!absl::ParseCivilTime(Text(column), &day)) {
    throw SQLite::Exception("a stored day can't be read", SQLITE_CORRUPT);
  }
  return day;
}

Connection::Connection(const std::string& file, Access access)
    : database_(access == Access::kReadStill ? StillUri(file) : file, FlagsOf(access),
                kBusyMillis) {
  const bool writable = access == Access::kWrite;
  // Of a new file, before anything is in it.
  if (writable) Exec("PRAGMA auto_vacuum = INCREMENTAL");
  if (writable) Exec("PRAGMA journal_mode = WAL");
  // After a large write the log is cut when it begins anew.
  Exec("PRAGMA journal_size_limit = 67108864");
  Exec("PRAGMA synchronous = FULL");
  Exec("PRAGMA foreign_keys = ON");
  Exec("PRAGMA trusted_schema = OFF");
  // A page of a mapped file that can't be read would end the process.
  Exec("PRAGMA mmap_size = 0");
  // A large write touches pages all over the file. SQLite writes pages that do not fit into the
  // cache to the log and reads them again.
  Exec(writable ? "PRAGMA cache_size = -65536" : "PRAGMA cache_size = -8192");
  // SQLite keeps in a temporary store what a rolled-back savepoint has to restore. In memory that
  // store is a list, which SQLite walks from its beginning on every access.
  Exec(writable ? "PRAGMA temp_store = FILE" : "PRAGMA temp_store = MEMORY");
}

Query Connection::Use(std::string_view sql) {
  std::unique_ptr<SQLite::Statement>& statement = statements_[sql.data()];
  if (statement == nullptr) statement = std::make_unique<SQLite::Statement>(database_, sql.data());
  return Query(*statement);
}

void Connection::GiveUpWhen(std::function<bool()> stop) {
  stop_ = std::move(stop);
  sqlite3_progress_handler(
      database_.getHandle(), stop_ ? kStepsBetween : 0,
      stop_ ? [](void* own) { return (*static_cast<std::function<bool()>*>(own))() ? 1 : 0; }
            : static_cast<int (*)(void*)>(nullptr),
      &stop_);
}

void PrepareSqlite() {
  // Otherwise SQLite counts its memory under a lock. When SQLite is in use already, it refuses the
  // setting and keeps counting. That is slower but correct.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

void Connection::TakeOverCheckpoints() {
  sqlite3_wal_hook(
      database_.getHandle(),
      [](void* pages, sqlite3*, const char*, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
      },
      &log_pages_);
}

absl::Status ToStatus(const SQLite::Exception& exception) {
  switch (exception.getErrorCode() & 0xFF) {
    case SQLITE_INTERRUPT:
      return absl::CancelledError("the read was given up");
    case SQLITE_FULL:
      return absl::ResourceExhaustedError("the disk is full");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::DataLossError(exception.what());
    default:
      return absl::UnavailableError(exception.what());
  }
}

}  // namespace kirikae::store
