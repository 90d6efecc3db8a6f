#include "service/store/sqlite/sqlite_store.h"

#include <sys/stat.h>

#include <optional>
#include <string>
#include <utility>

#include "service/domain/error_detail.h"
#include "service/domain/record_fields.h"
#include "service/status_macros.h"
#include "service/store/sqlite/beginning.h"
#include "service/store/sqlite/directory_lock.h"
#include "service/store/sqlite/fold.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/head_file.h"
#include "service/store/sqlite/migrations.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/still_file.h"
#include "service/store/sqlite/write_change_set.h"
#include "service/store/sqlite/writer.h"

namespace kirikae::store {
namespace {

constexpr int kReadOnly = 8;  // SQLITE_READONLY

// A database that was opened: to be written, or only to be read while its disk allows no more.
struct Opened {
  std::unique_ptr<Connection> connection;  ///< null = its disk can't be written
  std::unique_ptr<StillFile> still;        ///< what is read meanwhile
};

// Bytes of a file; 0 = there is none.
int64_t SizeOf(const std::string& file) {
  struct stat info {};
  return stat(file.c_str(), &info) == 0 ? info.st_size : 0;
}

class SqliteStore final : public Store {
 public:
  SqliteStore(std::unique_ptr<DirectoryLock> lock, const std::string& file, Opened opened,
              const OpenOptions& options)
      : lock_(std::move(lock)),
        file_(file),
        head_(options.directory),
        still_(std::move(opened.still)),
        readers_(still_ == nullptr ? file : still_->path(),
                 still_ == nullptr ? Access::kRead : Access::kReadStill, options.readers),
        writer_({.file = file,
                 .run_twice = options.run_writes_twice,
                 .idle = options.idle,
                 .may_reopen = [this, file] { return ReadFromTheFile(file); },
                 .on_head = [this](const Head& head) { head_.Write(head); }},
                std::move(opened.connection), [this] {
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
  StoreFigures Figures() override {
    StoreFigures figures = writer_.Figures();
    figures.open_views = readers_.lent();
    figures.bytes = SizeOf(file_);
    figures.log_bytes = SizeOf(file_ + "-wal");
    return figures;
  }

 private:
  // A file that is about to be written is read as it is, and no longer as one that nobody changes.
  absl::Status ReadFromTheFile(const std::string& file) {
    return readers_.ReadFrom(file, Access::kRead)
               ? absl::OkStatus()
               : absl::UnavailableError("the database is still read as one that nobody changes");
  }

  std::unique_ptr<DirectoryLock> lock_;  // freed last: nobody opens the file before it is closed
  const std::string file_;
  HeadFile head_;
  std::unique_ptr<StillFile> still_;
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

// The version of a file, without changing a byte of it; 0 = nothing is in it, or there is none. A
// file whose making was interrupted has a journal, and can be read only once that is rolled back.
absl::StatusOr<int> VersionOf(const std::string& file) {
  struct stat info {};
  if (stat(file.c_str(), &info) != 0) return 0;
  ASSIGN_OR_RETURN(const int version, Guarded([&] {
                     try {
                       return ReadVersion(file, SQLite::OPEN_READONLY);
                     } catch (const SQLite::Exception& exception) {
                       if (exception.getErrorCode() != kReadOnly) throw;
                       return ReadVersion(file, SQLite::OPEN_READWRITE);
                     }
                   }));
  return version > SchemaVersion() ? absl::StatusOr<int>(NewerFile(version)) : version;
}

// What was lost, in the record.
absl::Status RecordLoss(Connection& connection, const Head& head, absl::Time now) {
  Draft draft;
  draft.actor = "kirikaed";
  draft.role = "ADMIN";
  draft.act = domain::Act::kAcceptLoss;
  draft.reason = "--accept-loss";
  draft.effective_time = now;
  draft.recorded_time = now;
  Head stored = ReadHead(connection);
  const auto text = [](const Head& of) { return std::to_string(of.id) + " " + of.hash; };
  draft.edits.emplace_back(PastChange{.subject = "database",
                                      .change = {.record = "database",
                                                 .field = std::string(domain::kPastPrefix) + "head",
                                                 .old_value = text(head),
                                                 .new_value = text(stored)}});
  SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
  RETURN_IF_ERROR(WriteChangeSet(connection, draft, "", stored));
  transaction.commit();
  return absl::OkStatus();
}

// Opens the database to be written, migrates it and compares it with its head.
absl::StatusOr<std::unique_ptr<Connection>> OpenToWrite(const std::string& file,
                                                        const std::optional<Head>& head,
                                                        const OpenOptions& options) {
  std::unique_ptr<Connection> connection;
  ASSIGN_OR_RETURN(absl::Status compared, Guarded([&]() -> absl::Status {
                     connection = std::make_unique<Connection>(file, Access::kWrite);
                     SecureLog(*connection);
                     Migrate(*connection);
                     LetShrink(*connection);
                     // What the log holds goes into the file, behind which the next writes go into
                     // an empty log.
                     FoldLog(*connection);
                     return head.has_value() ? CompareWithHead(*connection, *head)
                                             : absl::OkStatus();
                   }));
  if (!compared.ok() && options.accept_loss) {
    ASSIGN_OR_RETURN(compared,
                     Guarded([&] { return RecordLoss(*connection, *head, options.now); }));
  }
  RETURN_IF_ERROR(compared);
  // The head that was accepted, or damaged, is made anew.
  ASSIGN_OR_RETURN(const Head stored, Guarded([&] { return ReadHead(*connection); }));
  if (stored.id != 0) HeadFile(options.directory).Write(stored);
  return connection;
}

// Opens the database to be read, where its disk can't be written because of `fault`.
absl::StatusOr<std::unique_ptr<StillFile>> OpenToRead(const std::string& file,
                                                      const std::optional<Head>& head,
                                                      const absl::Status& fault) {
  ASSIGN_OR_RETURN(std::unique_ptr<StillFile> still, StillFile::Of(file));
  ASSIGN_OR_RETURN(const absl::Status compared, Guarded([&]() -> absl::Status {
                     Connection connection(still->path(), Access::kReadStill);
                     if (FileVersion(connection) != SchemaVersion()) return fault;
                     return head.has_value() ? CompareWithHead(connection, *head)
                                             : absl::OkStatus();
                   }));
  RETURN_IF_ERROR(compared);
  return still;
}

// Compares the database with its head before anything is written: a log that was damaged still
// holds what it held.
absl::Status CompareUntouched(const std::string& file, const Head& head) {
  const absl::StatusOr<absl::Status> compared = Guarded([&] {
    Connection connection(file, Access::kRead);
    return CompareWithHead(connection, head);
  });
  return compared.ok() ? *compared : compared.status();
}

bool IsOfTheDisk(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsResourceExhausted(status);
}

absl::StatusOr<Opened> OpenDatabase(const std::string& file, bool is_new,
                                    const std::optional<Head>& head, const OpenOptions& options) {
  Opened opened;
  absl::StatusOr<std::unique_ptr<Connection>> connection = OpenToWrite(file, head, options);
  if (connection.ok()) {
    opened.connection = *std::move(connection);
    return opened;
  }
  const absl::Status fault = connection.status();
  if (is_new || !IsOfTheDisk(fault)) return fault;
  ASSIGN_OR_RETURN(opened.still, OpenToRead(file, head, fault));
  if (options.on_read_only) options.on_read_only(fault);
  return opened;
}

}  // namespace

absl::StatusOr<int> StoredSchema(const std::string& directory) {
  PrepareSqlite();
  return VersionOf(directory + "/kirikae.db");
}

int KnownSchema() { return SchemaVersion(); }

absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(const OpenOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<DirectoryLock> lock, DirectoryLock::Take(options.directory));
  const std::string file = options.directory + "/kirikae.db";
  PrepareSqlite();
  struct stat info {};
  const bool is_there = stat(file.c_str(), &info) == 0;
  if (is_there) RETURN_IF_ERROR(lock->LockDatabase(file));
  const std::optional<Head> head = HeadFile(options.directory).Read();
  const absl::StatusOr<int> version = VersionOf(file);
  // Where the disk can't be written, not even the version can be read in the usual way.
  if (!version.ok() && !IsOfTheDisk(version.status())) return version.status();
  const bool is_new = version.ok() && *version == 0;
  if (is_new) {
    if (head.has_value() && !options.accept_loss) return Behind(0, *head);
    RETURN_IF_ERROR(MayBegin(options.directory, options.init || head.has_value()));
  }
  if (version.ok() && !is_new && head.has_value() && !options.accept_loss) {
    RETURN_IF_ERROR(CompareUntouched(file, *head));
  }
  ASSIGN_OR_RETURN(Opened opened, OpenDatabase(file, is_new, head, options));
  if (!is_there) RETURN_IF_ERROR(lock->LockDatabase(file));
  return std::make_unique<SqliteStore>(std::move(lock), file, std::move(opened), options);
}

}  // namespace kirikae::store
