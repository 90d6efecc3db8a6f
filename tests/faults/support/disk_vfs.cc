// SQLite's interface to the file system, over its own one.
#include "tests/faults/support/disk_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "tests/faults/support/disk.h"

namespace kirikae::testing {
namespace {

sqlite3_vfs* own = nullptr;  // SQLite's
std::atomic<Disk*> mounted{nullptr};

struct OpenFile {
  Disk* disk = nullptr;
  std::string name;  ///< "" for a temporary file
  bool syncs_folder = false;
  bool has_shared = false;
};

// SQLite gives the room for this and, behind it, for a file of its own file system.
struct File {
  sqlite3_file base;
  OpenFile* open;
};

OpenFile& Of(sqlite3_file* file) { return *reinterpret_cast<File*>(file)->open; }
sqlite3_file* Real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<File*>(file) + 1);
}

int ErrorOf(FaultKind kind, IoCall call) {
  switch (call) {
    case IoCall::kOpen:
    case IoCall::kCreate:
      return SQLITE_CANTOPEN;
    case IoCall::kOpenShared:
      return kind == FaultKind::kTooManyFiles ? SQLITE_CANTOPEN : SQLITE_IOERR_SHMOPEN;
    case IoCall::kDelete:
      return SQLITE_IOERR_DELETE;
    case IoCall::kAccess:
      return SQLITE_IOERR_ACCESS;
    case IoCall::kRead:
      return SQLITE_IOERR_READ;
    case IoCall::kWrite:
      return kind == FaultKind::kFull ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    case IoCall::kTruncate:
      return SQLITE_IOERR_TRUNCATE;
    case IoCall::kSync:
      return SQLITE_IOERR_FSYNC;
    case IoCall::kSize:
      return SQLITE_IOERR_FSTAT;
    case IoCall::kLock:
      return SQLITE_IOERR_LOCK;
    case IoCall::kUnlock:
      return SQLITE_IOERR_UNLOCK;
    case IoCall::kMapShared:
      return SQLITE_IOERR_SHMMAP;
    case IoCall::kGrowShared:
      return SQLITE_IOERR_SHMSIZE;
    case IoCall::kLockShared:
    case IoCall::kUnlockShared:
      return SQLITE_IOERR_SHMLOCK;
  }
  return SQLITE_IOERR;
}

// The error with which a call fails; SQLITE_OK when it does not fail.
int Ask(Disk& disk, IoCall call) {
  return disk.Ask(call) == Verdict::kDone ? SQLITE_OK : ErrorOf(disk.kind(), call);
}
int Ask(sqlite3_file* file, IoCall call) { return Ask(*Of(file).disk, call); }

int Close(sqlite3_file* file) {
  const std::unique_ptr<OpenFile> open(&Of(file));
  return Real(file)->pMethods->xClose(Real(file));
}

int Read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
  const Verdict verdict = Of(file).disk->Ask(IoCall::kRead);
  if (verdict == Verdict::kFails) return SQLITE_IOERR_READ;
  if (verdict == Verdict::kDone) return Real(file)->pMethods->xRead(Real(file), to, size, offset);
  Real(file)->pMethods->xRead(Real(file), to, size / 2, offset);
  return SQLITE_IOERR_READ;
}

int Write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  const OpenFile& open = Of(file);
  const Verdict verdict = open.disk->Ask(IoCall::kWrite);
  if (verdict == Verdict::kFails) return ErrorOf(open.disk->kind(), IoCall::kWrite);
  if (open.disk->drops_writes()) return SQLITE_OK;
  const int written = verdict == Verdict::kDone ? size : size / 2;
  const auto lock = open.disk->Changing();
  const int result = Real(file)->pMethods->xWrite(Real(file), from, written, offset);
  if (result != SQLITE_OK) return result;
  if (!open.name.empty()) {
    open.disk->Written(open.name, offset,
                       std::string(static_cast<const char*>(from), static_cast<size_t>(written)));
  }
  return verdict == Verdict::kDone ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (const int error = Ask(file, IoCall::kTruncate); error != SQLITE_OK) return error;
  const auto lock = Of(file).disk->Changing();
  const int result = Real(file)->pMethods->xTruncate(Real(file), size);
  if (result == SQLITE_OK && !Of(file).name.empty()) {
    Of(file).disk->Truncated(Of(file).name, size);
  }
  return result;
}

int Sync(sqlite3_file* file, int) {
  OpenFile& open = Of(file);
  const int error = Ask(file, IoCall::kSync);
  if (open.name.empty()) return error;
  if (error != SQLITE_OK) {
    open.disk->SyncFailed(open.name);
    return error;
  }
  open.disk->Synced(open.name, open.syncs_folder);
  open.syncs_folder = false;
  return SQLITE_OK;
}

int Size(sqlite3_file* file, sqlite3_int64* size) {
  if (const int error = Ask(file, IoCall::kSize); error != SQLITE_OK) return error;
  return Real(file)->pMethods->xFileSize(Real(file), size);
}

int Lock(sqlite3_file* file, int level) {
  if (const int error = Ask(file, IoCall::kLock); error != SQLITE_OK) return error;
  return Real(file)->pMethods->xLock(Real(file), level);
}

// A lock that can't be given up would be there for ever, which no disk does: it is given up, and
// the caller is told that it is not.
int Unlock(sqlite3_file* file, int level) {
  const int result = Real(file)->pMethods->xUnlock(Real(file), level);
  const int error = Ask(file, IoCall::kUnlock);
  return error == SQLITE_OK ? result : error;
}

int CheckReservedLock(sqlite3_file* file, int* held) {
  if (const int error = Ask(file, IoCall::kLock); error != SQLITE_OK) return error;
  return Real(file)->pMethods->xCheckReservedLock(Real(file), held);
}

int Control(sqlite3_file* file, int operation, void* argument) {
  return Real(file)->pMethods->xFileControl(Real(file), operation, argument);
}

int SectorSize(sqlite3_file* file) { return Real(file)->pMethods->xSectorSize(Real(file)); }

// As usual disks are: no atomic writes of pages, no order of writes, but a write leaves the bytes
// next to it alone.
int Characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int MapShared(sqlite3_file* file, int page, int size, int extend, void volatile** at) {
  const IoCall call = !Of(file).has_shared ? IoCall::kOpenShared
                      : extend != 0        ? IoCall::kGrowShared
                                           : IoCall::kMapShared;
  if (const int error = Ask(file, call); error != SQLITE_OK) return error;
  Of(file).has_shared = true;
  return Real(file)->pMethods->xShmMap(Real(file), page, size, extend, at);
}

int LockShared(sqlite3_file* file, int offset, int count, int flags) {
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    const int result = Real(file)->pMethods->xShmLock(Real(file), offset, count, flags);
    const int error = Ask(file, IoCall::kUnlockShared);
    return error == SQLITE_OK ? result : error;
  }
  if (const int error = Ask(file, IoCall::kLockShared); error != SQLITE_OK) return error;
  return Real(file)->pMethods->xShmLock(Real(file), offset, count, flags);
}

void Barrier(sqlite3_file* file) { Real(file)->pMethods->xShmBarrier(Real(file)); }

int UnmapShared(sqlite3_file* file, int deletes) {
  Of(file).has_shared = false;
  return Real(file)->pMethods->xShmUnmap(Real(file), deletes);
}

int Fetch(sqlite3_file*, sqlite3_int64, int, void** at) {
  *at = nullptr;
  return SQLITE_OK;
}

int Unfetch(sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; }

constexpr sqlite3_io_methods kMethods{.iVersion = 3,
                                      .xClose = Close,
                                      .xRead = Read,
                                      .xWrite = Write,
                                      .xTruncate = Truncate,
                                      .xSync = Sync,
                                      .xFileSize = Size,
                                      .xLock = Lock,
                                      .xUnlock = Unlock,
                                      .xCheckReservedLock = CheckReservedLock,
                                      .xFileControl = Control,
                                      .xSectorSize = SectorSize,
                                      .xDeviceCharacteristics = Characteristics,
                                      .xShmMap = MapShared,
                                      .xShmLock = LockShared,
                                      .xShmBarrier = Barrier,
                                      .xShmUnmap = UnmapShared,
                                      .xFetch = Fetch,
                                      .xUnfetch = Unfetch};

// The disk that a path is on; null for SQLite's own file system. `name` is the file's name there.
Disk* DiskOf(const char* path, std::string& name) {
  Disk* const disk = mounted.load();
  if (disk == nullptr || path == nullptr) return disk;
  const std::string_view whole(path);
  const std::string folder = disk->folder() + "/";
  if (!whole.starts_with(folder)) return nullptr;
  name = whole.substr(folder.size());
  return disk;
}

// SQLite's own methods of a file, but without waiting for the machine's disk at each sync.
const sqlite3_io_methods* WithoutSync(const sqlite3_io_methods* methods) {
  static std::mutex mutex;
  static std::map<const sqlite3_io_methods*, sqlite3_io_methods> known;
  const std::lock_guard lock(mutex);
  const auto [at, is_new] = known.try_emplace(methods, *methods);
  if (is_new) at->second.xSync = [](sqlite3_file*, int) { return SQLITE_OK; };
  return &at->second;
}

int OpenElsewhere(const char* path, sqlite3_file* file, int flags, int* out_flags) {
  const int result = own->xOpen(own, path, file, flags, out_flags);
  if (result == SQLITE_OK) file->pMethods = WithoutSync(file->pMethods);
  return result;
}

int Open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  std::string name;
  Disk* const disk = DiskOf(path, name);
  if (disk == nullptr) return OpenElsewhere(path, file, flags, out_flags);
  file->pMethods = nullptr;
  const bool creates =
      (flags & SQLITE_OPEN_CREATE) != 0 && (path == nullptr || !std::filesystem::exists(path));
  const int error = Ask(*disk, creates ? IoCall::kCreate : IoCall::kOpen);
  if (error != SQLITE_OK) return error;
  const int result = own->xOpen(own, path, Real(file), flags, out_flags);
  if (result != SQLITE_OK) return result;
  auto open = std::make_unique<OpenFile>();
  open->disk = disk;
  open->name = name;
  // As SQLite's own file system does: the first sync of a log or journal syncs the folder, whether
  // the file was new or not.
  constexpr int kBeside = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
  open->syncs_folder = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & kBeside) != 0;
  if (creates && path != nullptr) disk->Created(name);
  reinterpret_cast<File*>(file)->open = open.release();
  file->pMethods = &kMethods;
  return SQLITE_OK;
}

int Delete(sqlite3_vfs*, const char* path, int syncs_folder) {
  std::string name;
  Disk* const disk = DiskOf(path, name);
  if (disk == nullptr) return own->xDelete(own, path, 0);
  if (const int error = Ask(*disk, IoCall::kDelete); error != SQLITE_OK) return error;
  const int result = own->xDelete(own, path, 0);
  if (result == SQLITE_OK) disk->Deleted(name, syncs_folder != 0);
  return result;
}

int Access(sqlite3_vfs*, const char* path, int flags, int* result) {
  std::string name;
  Disk* const disk = DiskOf(path, name);
  if (disk != nullptr) {
    if (const int error = Ask(*disk, IoCall::kAccess); error != SQLITE_OK) return error;
  }
  return own->xAccess(own, path, flags, result);
}

// Makes this file system SQLite's default one, once in the process.
void Register() {
  static sqlite3_vfs faulty;
  if (own != nullptr) return;
  own = sqlite3_vfs_find(nullptr);
  faulty = *own;
  faulty.pNext = nullptr;
  faulty.zName = "kirikae-faulty";
  faulty.szOsFile = static_cast<int>(sizeof(File)) + own->szOsFile;
  faulty.xOpen = Open;
  faulty.xDelete = Delete;
  faulty.xAccess = Access;
  sqlite3_vfs_register(&faulty, 1);
}

}  // namespace

void Mount(Disk* disk) {
  Register();
  mounted = disk;
}

}  // namespace kirikae::testing
