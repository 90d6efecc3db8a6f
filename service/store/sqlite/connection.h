// One SQLite connection that prepares each statement once.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <concepts>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace kirikae::store {

template <typename Type>
concept Enumeration = std::is_enum_v<Type>;

/// A cached statement in use. The destructor resets the statement, so that it does not keep a
/// snapshot open. Parameters are numbered from 1 in the order of the Bind calls.
class Query {
 public:
  explicit Query(SQLite::Statement& statement) : statement_(statement) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& Bind(std::string_view text);
  Query& Bind(std::integral auto number) { return BindNumber(static_cast<int64_t>(number)); }
  Query& Bind(Enumeration auto value) { return BindNumber(static_cast<int64_t>(value)); }
  Query& Bind(absl::Time time) { return BindNumber(absl::ToUnixMicros(time)); }
  Query& Bind(absl::CivilDay day) { return Bind(std::optional(day)); }
  /// An absent day is stored as NULL.
  Query& Bind(const std::optional<absl::CivilDay>& day);
  /// An absent time is stored as 0; nothing happened at the epoch.
  Query& Bind(const std::optional<absl::Time>& time) {
    return time.has_value() ? Bind(*time) : BindNumber(0);
  }
  /// An absent value is stored as 0.
  template <Enumeration Enum>
  Query& Bind(const std::optional<Enum>& value) {
    return value.has_value() ? Bind(*value) : BindNumber(0);
  }
  Query& BindBlob(std::string_view bytes);
  /// Binds without a copy: `text` must stay until the statement has run.
  Query& BindHere(const std::string& text);
  Query& BindHere(std::string&& text) = delete;
  Query& BindBlobHere(std::string_view bytes);
  Query& BindBlobHere(std::string&& bytes) = delete;
  /// Moves to the next row; false after the last row.
  bool Next() { return statement_.executeStep(); }
  /// Runs a statement that returns no rows.
  void Run() { statement_.exec(); }

  std::string Text(int column) const;
  int64_t Number(int column) const { return statement_.getColumn(column).getInt64(); }
  bool Flag(int column) const { return Number(column) != 0; }
  absl::Time Time(int column) const { return absl::FromUnixMicros(Number(column)); }
  /// Absent for 0.
  std::optional<absl::Time> MaybeTime(int column) const {
    return Flag(column) ? std::optional(Time(column)) : std::nullopt;
  }
  /// Absent for NULL.
  std::optional<absl::CivilDay> Day(int column) const;
  template <Enumeration Enum>
  Enum As(int column) const {
    return static_cast<Enum>(Number(column));
  }
  /// Absent for 0.
  template <Enumeration Enum>
  std::optional<Enum> MaybeAs(int column) const {
    return Flag(column) ? std::optional(As<Enum>(column)) : std::nullopt;
  }

 private:
  Query& BindNumber(int64_t number);

  SQLite::Statement& statement_;
  int bound_ = 0;
};

/// Configures the process's SQLite for speed. Call it before the process opens its first
/// connection.
void PrepareSqlite();

/// What a connection may do.
enum class Access {
  kRead,
  kReadStill,  ///< reads a file that nobody changes, on a disk that may be read-only
  kWrite,
};

/// A connection. Not thread-safe. Throws SQLite::Exception; callers turn it into a status.
class Connection {
 public:
  Connection(const std::string& file, Access access);

  /// The statement for this constant SQL text, prepared on first use. The text's address is the
  /// key.
  Query Use(std::string_view sql);
  /// Runs constant SQL text without parameters or rows, prepared on first use.
  void Step(const char* sql) { Use(sql).Run(); }
  /// Runs any SQL text once.
  void Exec(const char* sql) { database_.exec(sql); }
  /// The number of rows that the last changing statement changed.
  int64_t Changes() const { return database_.getChanges(); }
  /// Rows that were changed since the connection was opened, whether or not they were kept.
  int TotalChanges() const { return database_.getTotalChanges(); }
  SQLite::Database& database() { return database_; }

  /// Statements fail as interrupted (CANCELLED) once `stop`, asked while they run, says so; null =
  /// never.
  void GiveUpWhen(std::function<bool()> stop);

  /// Turns off SQLite's own checkpoints, which would run within a commit: the caller runs them.
  void TakeOverCheckpoints();
  /// Pages in the write-ahead log after the last commit; known once TakeOverCheckpoints was called.
  int log_pages() const { return log_pages_; }

 private:
  SQLite::Database database_;
  int log_pages_ = 0;
  std::function<bool()> stop_;
  std::map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
};

/// UNAVAILABLE, RESOURCE_EXHAUSTED (disk full), DATA_LOSS (corrupt) or CANCELLED (given up) for
/// what SQLite threw.
absl::Status ToStatus(const SQLite::Exception& exception);

}  // namespace kirikae::store
