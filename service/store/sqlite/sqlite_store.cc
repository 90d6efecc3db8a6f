#include "service/store/sqlite/sqlite_store.h"

#include <sys/stat.h>

#include <utility>

#include "service/domain/error_detail.h"
#include "service/status_macros.h"
#include "service/store/sqlite/directory_lock.h"
#include "service/store/sqlite/fold.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/migrations.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/writer.h"

namespace kirikae::store {
namespace {

constexpr int kReadOnly = 8;  // SQLITE_READONLY

class SqliteStore final : public Store {
 public:
  SqliteStore(std::unique_ptr<DirectoryLock> lock, const std::string& file,
              std::unique_ptr<Connection> connection, const OpenOptions& options)
      : lock_(std::move(lock)),
        readers_(file, options.readers),
        writer_({.file = file, .run_twice = options.run_writes_twice, .idle = options.idle},
                std::move(connection), [this] {
                  readers_.OnCommit();
                  if (listener_) listener_();
                }) {}

  // The file alone is whole then: whoever copies it has everything.
  ~SqliteStore() override {
    writer_.Drain();
    readers_.Close();
    writer_.Close();
  }

  absl::StatusOr<std::unique_ptr<ReadView>> Read(StopWhen stop) override {
    return readers_.Lend(std::move(stop));
  }
  void Write(WriteRequest request, WriteDone done) override {
    writer_.Submit(std::move(request), std::move(done));
  }
  void OnCommit(std::function<void()> listener) override { listener_ = std::move(listener); }
  void Drain() override { writer_.Drain(); }

 private:
  std::unique_ptr<DirectoryLock> lock_;  // freed last: nobody opens the file before it is closed
  ReaderPool readers_;
  std::function<void()> listener_;  // used by the writer's thread only, once there are writes
  Writer writer_;
};

absl::Status NewerFile(int version) {
  const std::string found = std::to_string(version);
  const std::string known = std::to_string(SchemaVersion());
  return domain::MakeError(
      absl::StatusCode::kFailedPrecondition, "NEWER_DATABASE",
      domain::Sentence("The database has schema $0; this program knows up to $1. Install the newer "
                       "program; the file was not touched.",
                       {found, known}),
      {{"schema", found}, {"known_schema", known}});
}

int ReadVersion(const std::string& file, int access) {
  SQLite::Database database(file, access);
  return database.execAndGet("PRAGMA user_version").getInt();
}

// Reads the version of an existing file without changing a byte of it. A file whose making was
// interrupted has a journal, and can be read only once that is rolled back.
absl::Status CheckVersion(const std::string& file) {
  struct stat info {};
  if (stat(file.c_str(), &info) != 0) return absl::OkStatus();
  const absl::StatusOr<int> version = Guarded([&] {
    try {
      return ReadVersion(file, SQLite::OPEN_READONLY);
    } catch (const SQLite::Exception& exception) {
      if (exception.getErrorCode() != kReadOnly) throw;
      return ReadVersion(file, SQLite::OPEN_READWRITE);
    }
  });
  if (!version.ok()) return version.status();
  return *version > SchemaVersion() ? NewerFile(*version) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(const OpenOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<DirectoryLock> lock, DirectoryLock::Take(options.directory));
  const std::string file = options.directory + "/kirikae.db";
  PrepareSqlite();
  RETURN_IF_ERROR(CheckVersion(file));
  ASSIGN_OR_RETURN(std::unique_ptr<Connection> connection, Guarded([&] {
                     auto opened = std::make_unique<Connection>(file, true);
                     Migrate(*opened);
                     LetShrink(*opened);
                     // The log may hold writes whose sync failed. The system believes them to be on
                     // the disk, so no later sync of the log brings them there, and a power cut
                     // would take everything behind them.
                     FoldLog(*opened);
                     return opened;
                   }));
  return std::make_unique<SqliteStore>(std::move(lock), file, std::move(connection), options);
}

}  // namespace kirikae::store
