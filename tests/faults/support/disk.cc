#include "tests/faults/support/disk.h"

#include <filesystem>
#include <utility>

#include "tests/faults/support/disk_vfs.h"
#include "tests/support/program.h"

namespace kirikae::testing {
namespace {

bool Concerns(FaultKind kind, IoCall call) {
  const bool makes = call == IoCall::kCreate || call == IoCall::kGrowShared;
  switch (kind) {
    case FaultKind::kIo:
      return true;
    case FaultKind::kIoOfWrites:
      return makes || call == IoCall::kDelete || call == IoCall::kWrite ||
             call == IoCall::kTruncate || call == IoCall::kSync;
    case FaultKind::kSync:
      return call == IoCall::kSync;
    case FaultKind::kFull:
      return makes || call == IoCall::kWrite;
    case FaultKind::kShort:
      return call == IoCall::kRead || call == IoCall::kWrite;
    case FaultKind::kTooManyFiles:
      return call == IoCall::kOpen || call == IoCall::kCreate || call == IoCall::kOpenShared;
  }
  return false;
}

}  // namespace

const char* Name(FaultKind kind) {
  switch (kind) {
    case FaultKind::kIo:
      return "Io";
    case FaultKind::kIoOfWrites:
      return "IoOfWrites";
    case FaultKind::kSync:
      return "Sync";
    case FaultKind::kFull:
      return "Full";
    case FaultKind::kShort:
      return "Short";
    case FaultKind::kTooManyFiles:
      return "TooManyFiles";
  }
  return "";
}

Disk::Disk(std::string folder) : folder_(std::move(folder)) { Mount(this); }

Disk::~Disk() { Mount(nullptr); }

void Disk::Fail(const std::optional<Fault>& fault) {
  const std::lock_guard lock(mutex_);
  fault_ = fault;
  calls_.fill(0);
  fired_ = false;
}

bool Disk::fired() const {
  const std::lock_guard lock(mutex_);
  return fired_;
}

int64_t Disk::calls(FaultKind kind) const {
  const std::lock_guard lock(mutex_);
  return calls_[static_cast<size_t>(kind)];
}

void Disk::Lie(bool drops_writes, bool skips_syncs) {
  const std::lock_guard lock(mutex_);
  drops_writes_ = drops_writes;
  skips_syncs_ = skips_syncs;
}

void Disk::KeepUnsynced(std::function<void()> before_sync) {
  const std::lock_guard lock(mutex_);
  unsynced_ = std::make_unique<Unsynced>(folder_);
  before_sync_ = std::move(before_sync);
}

Files Disk::AfterCut(const Loss& loss) const {
  Files files;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("kirikae.db")) files[name] = ReadFile(entry.path().string());
  }
  const std::lock_guard lock(mutex_);
  for (auto& [name, bytes] : unsynced_->After(loss)) files[name] = std::move(bytes);
  return files;
}

Files Disk::Now() const {
  const auto lock = Changing();
  return ReadFolder(folder_);
}

Verdict Disk::Ask(IoCall call) {
  const std::lock_guard lock(mutex_);
  for (int kind = 0; kind < kFaultKinds; ++kind) {
    if (Concerns(static_cast<FaultKind>(kind), call)) ++calls_[static_cast<size_t>(kind)];
  }
  if (!fault_.has_value() || !Concerns(fault_->kind, call)) return Verdict::kDone;
  const int64_t at = calls_[static_cast<size_t>(fault_->kind)];
  if (at != fault_->first && !(fault_->for_ever && at > fault_->first)) return Verdict::kDone;
  fired_ = true;
  return fault_->kind == FaultKind::kShort ? Verdict::kHalfDone : Verdict::kFails;
}

FaultKind Disk::kind() const {
  const std::lock_guard lock(mutex_);
  return fault_.has_value() ? fault_->kind : FaultKind::kIo;
}

bool Disk::drops_writes() const {
  const std::lock_guard lock(mutex_);
  return drops_writes_;
}

void Disk::Created(const std::string& name) {
  const std::lock_guard lock(mutex_);
  if (unsynced_ != nullptr) unsynced_->Create(name);
}

void Disk::Deleted(const std::string& name, bool syncs_folder) {
  {
    const std::lock_guard lock(mutex_);
    if (unsynced_ == nullptr) return;
    unsynced_->Delete(name);
    if (!syncs_folder || skips_syncs_) return;
  }
  BeforeSync();
  const std::lock_guard lock(mutex_);
  unsynced_->SyncFolder();
}

void Disk::Written(const std::string& name, int64_t offset, std::string bytes) {
  const std::lock_guard lock(mutex_);
  if (unsynced_ != nullptr) unsynced_->Write(name, offset, std::move(bytes));
}

void Disk::Truncated(const std::string& name, int64_t size) {
  const std::lock_guard lock(mutex_);
  if (unsynced_ != nullptr) unsynced_->Truncate(name, size);
}

void Disk::Synced(const std::string& name, bool syncs_folder) {
  BeforeSync();
  const std::lock_guard lock(mutex_);
  if (unsynced_ == nullptr || skips_syncs_) return;
  unsynced_->Sync(name);
  if (syncs_folder) unsynced_->SyncFolder();
}

void Disk::SyncFailed(const std::string& name) {
  const std::lock_guard lock(mutex_);
  if (unsynced_ != nullptr) unsynced_->ForgetUnsynced(name);
}

void Disk::BeforeSync() {
  std::function<void()> before;
  {
    const std::lock_guard lock(mutex_);
    before = before_sync_;
  }
  if (before) before();
}

}  // namespace kirikae::testing
