// A disk that fails when it is told to, below SQLite.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "tests/faults/support/unsynced.h"

namespace kirikae::testing {

/// A call of SQLite to the file system.
enum class IoCall {
  kOpen,
  kCreate,  ///< opens a file that may have to be made
  kDelete,
  kAccess,
  kRead,
  kWrite,
  kTruncate,
  kSync,
  kSize,
  kLock,
  kUnlock,
  kOpenShared,  ///< the first use of the index in shared memory
  kMapShared,
  kGrowShared,
  kLockShared,
  kUnlockShared
};

enum class FaultKind {
  kIo,           ///< any call fails with EIO
  kIoOfWrites,   ///< whatever changes the disk fails with EIO
  kSync,         ///< a sync fails with EIO
  kFull,         ///< ENOSPC
  kShort,        ///< the first half is read or written, then EIO
  kTooManyFiles  ///< EMFILE
};
inline constexpr int kFaultKinds = 6;
const char* Name(FaultKind kind);

/// Fails the `first` call, of those that a kind of fault can concern, counted from 1; or all from
/// it on.
struct Fault {
  FaultKind kind = FaultKind::kIo;
  int64_t first = 1;
  bool for_ever = false;
};

/// What a faulty disk does with a call.
enum class Verdict { kDone, kFails, kHalfDone };

/// The disk of one folder. Files of other folders are left to SQLite's own file system. It maps no
/// file into memory, so that every read is a call. Thread-safe. One at a time; must outlive the
/// stores on the folder. Once a disk was made, the process waits for no sync of the machine's disk:
/// what is durable is kept here.
class Disk {
 public:
  explicit Disk(std::string folder);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  const std::string& folder() const { return folder_; }

  /// Counts calls from now on; faults are counted from now on too.
  void Fail(const std::optional<Fault>& fault);
  void Heal() { Fail(std::nullopt); }
  /// Whether a call has failed since Fail.
  bool fired() const;
  /// The calls since Fail that a kind of fault can concern.
  int64_t calls(FaultKind kind) const;
  /// From now on a write is dropped and a sync does nothing, and both report success: to show that
  /// the tests find what such a disk does.
  void Lie(bool drops_writes, bool skips_syncs);

  /// Keeps what is not synced from now on. `before_sync` is called on the thread that syncs, before
  /// each sync of a file or of the folder. It may call AfterCut.
  void KeepUnsynced(std::function<void()> before_sync = nullptr);
  /// The folder as a power cut at this moment may leave it. Files that were not written through
  /// SQLite are as they are.
  Files AfterCut(const Loss& loss) const;

  /// The folder as it is now, with no call half done: as a kill of the process leaves it.
  Files Now() const;

  // Called by the file system below SQLite.
  /// Held while the folder is changed.
  std::unique_lock<std::mutex> Changing() const { return std::unique_lock(changing_); }
  Verdict Ask(IoCall call);
  FaultKind kind() const;
  bool drops_writes() const;
  void Created(const std::string& name);
  void Deleted(const std::string& name, bool syncs_folder);
  void Written(const std::string& name, int64_t offset, std::string bytes);
  void Truncated(const std::string& name, int64_t size);
  void Synced(const std::string& name, bool syncs_folder);
  void SyncFailed(const std::string& name);

 private:
  // Calls `before_sync_`, not under the lock.
  void BeforeSync();

  const std::string folder_;
  mutable std::mutex changing_;
  mutable std::mutex mutex_;
  std::optional<Fault> fault_;
  std::array<int64_t, kFaultKinds> calls_{};
  bool fired_ = false;
  bool drops_writes_ = false;
  bool skips_syncs_ = false;
  std::unique_ptr<Unsynced> unsynced_;  ///< null: not kept
  std::function<void()> before_sync_;
};

}  // namespace kirikae::testing
