#include "tests/faults/support/unsynced.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "tests/support/program.h"

namespace kirikae::testing {
namespace {

constexpr int64_t kSector = 512;

// Of a hundred writes, so many are there, by the seed.
constexpr int kShares[] = {50, 10, 90};

}  // namespace

Files ReadFolder(const std::string& folder) {
  Files files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && !name.ends_with("-shm"))
      files[name] = ReadFile(entry.path().string());
  }
  return files;
}

void WriteFolder(const Files& files, const std::string& folder) {
  std::filesystem::create_directories(folder);
  for (const auto& [name, bytes] : files) WriteFile(folder + "/" + name, bytes);
}

Unsynced::Unsynced(const std::string& folder) {
  for (auto& [name, bytes] : ReadFolder(folder)) {
    auto node = std::make_shared<Node>();
    node->durable = bytes;
    names_[name] = std::move(node);
  }
  durable_names_ = names_;
}

void Unsynced::Create(const std::string& name) {
  auto node = std::make_shared<Node>();
  names_[name] = node;
  name_changes_.push_back({name, std::move(node)});
}

void Unsynced::Delete(const std::string& name) {
  names_.erase(name);
  name_changes_.push_back({name, nullptr});
}

void Unsynced::Write(const std::string& name, int64_t offset, std::string bytes) {
  At(name).pending.push_back({.truncates = false, .at = offset, .bytes = std::move(bytes)});
}

void Unsynced::Truncate(const std::string& name, int64_t size) {
  At(name).pending.push_back({.truncates = true, .at = size, .bytes = ""});
}

void Unsynced::Sync(const std::string& name) {
  Node& node = At(name);
  for (const Change& change : node.pending) Apply(change, node.durable);
  node.pending.clear();
}

void Unsynced::SyncFolder() {
  durable_names_ = names_;
  name_changes_.clear();
}

void Unsynced::ForgetUnsynced(const std::string& name) { At(name).pending.clear(); }

Files Unsynced::After(const Loss& loss) const {
  planner::TestDice dice(loss.seed + 1);
  Names names = durable_names_;
  for (const NameChange& change : name_changes_) {
    if (loss.how != Loss::How::kAll && dice.Chance(50)) Put(change, names);
  }
  Files files;
  for (const auto& [name, node] : names) files[name] = ContentAfter(*node, loss, dice);
  return files;
}

void Unsynced::Apply(const Change& change, std::string& content) {
  const auto at = static_cast<size_t>(change.at);
  if (change.truncates) {
    content.resize(at);
    return;
  }
  content.resize(std::max(content.size(), at + change.bytes.size()));
  content.replace(at, change.bytes.size(), change.bytes);
}

void Unsynced::Put(const NameChange& change, Names& names) {
  if (change.node == nullptr) {
    names.erase(change.name);
  } else {
    names[change.name] = change.node;
  }
}

std::string Unsynced::ContentAfter(const Node& node, const Loss& loss, planner::TestDice& dice) {
  std::string content = node.durable;
  if (loss.how == Loss::How::kAll) return content;
  // A sector has the content of any of its writes: later ones may be lost where earlier ones are
  // kept. So leaving writes out gives every order too.
  const int share = kShares[loss.seed % std::size(kShares)];
  for (const Change& change : node.pending) {
    if (change.truncates || loss.how == Loss::How::kSome) {
      if (dice.Chance(share)) Apply(change, content);
      continue;
    }
    const auto size = static_cast<int64_t>(change.bytes.size());
    for (int64_t from = 0; from < size;) {
      const int64_t until = std::min(size, from + kSector - (change.at + from) % kSector);
      if (dice.Chance(share)) {
        Apply({.truncates = false,
               .at = change.at + from,
               .bytes = change.bytes.substr(static_cast<size_t>(from),
                                            static_cast<size_t>(until - from))},
              content);
      }
      from = until;
    }
  }
  return content;
}

Unsynced::Node& Unsynced::At(const std::string& name) {
  std::shared_ptr<Node>& node = names_[name];
  if (node == nullptr) node = std::make_shared<Node>();
  return *node;
}

}  // namespace kirikae::testing
