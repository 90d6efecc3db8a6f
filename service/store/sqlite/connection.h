// One SQLite connection with its statements prepared once.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace kirikae::store {

/// A cached statement in use; always reset when it goes out of scope, so that no snapshot stays
/// pinned. Parameters are numbered from 1 in the order of Bind calls.
class Query {
 public:
  explicit Query(SQLite::Statement& statement) : statement_(statement) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& Bind(std::string_view text);
  Query& Bind(int64_t number);
  Query& Bind(absl::Time time) { return Bind(absl::ToUnixMicros(time)); }
  Query& Bind(const std::optional<absl::CivilDay>& day);
  Query& BindBlob(std::string_view bytes);
  /// Without a copy: `text` must stay until the statement has run.
  Query& BindHere(const std::string& text);
  Query& BindBlobHere(const std::string& bytes);
  /// Moves to the next row; false after the last.
  bool Next() { return statement_.executeStep(); }
  /// Runs a statement that gives no rows.
  void Run() { statement_.exec(); }

  std::string Text(int column) const;
  int64_t Number(int column) const { return statement_.getColumn(column).getInt64(); }
  absl::Time Time(int column) const { return absl::FromUnixMicros(Number(column)); }
  std::optional<absl::CivilDay> Day(int column) const;
  template <typename Enum>
  Enum As(int column) const {
    return static_cast<Enum>(Number(column));
  }

 private:
  SQLite::Statement& statement_;
  int bound_ = 0;
};

/// To be called before the process's first connection, for speed.
void PrepareSqlite();

/// A connection. Not thread-safe. Throws SQLite::Exception; callers turn it into a status.
class Connection {
 public:
  Connection(const std::string& file, bool writable);

  /// The statement of this constant SQL text, prepared on first use.
  Query Use(std::string_view sql);
  /// Runs constant SQL text without parameters or rows, prepared on first use.
  void Step(const char* sql) { Use(sql).Run(); }
  /// Runs SQL once, whatever it is.
  void Exec(const char* sql) { database_.exec(sql); }
  /// Rows that the last statement to change any has changed.
  int64_t Changes() const { return database_.getChanges(); }
  SQLite::Database& database() { return database_; }

  /// Takes folding the log into the file over from SQLite, which would do it within a commit.
  void TakeOverCheckpoints();
  /// Pages in the log after the last commit, once TakeOverCheckpoints was called.
  int log_pages() const { return log_pages_; }

 private:
  SQLite::Database database_;
  int log_pages_ = 0;
  std::map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
};

/// UNAVAILABLE, RESOURCE_EXHAUSTED (disk full), DATA_LOSS (corrupt) for what SQLite threw.
absl::Status ToStatus(const SQLite::Exception& exception);

}  // namespace kirikae::store
